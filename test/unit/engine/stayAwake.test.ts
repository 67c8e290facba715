import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { stayAwake } from '../../../src/engine/link/stayAwake.js';
import { eventually } from '../../support/eventually.js';

const turns = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Immediate').length;

test.runIf(availableParallelism() > 1)(
  'a process stays awake once, however often it is asked to, and not for long',
  async () => {
    const before = turns();
    for (let time = 0; time < 100; time++) stayAwake();
    expect(turns() - before).toBe(1);
    await eventually(() => expect(turns()).toBeLessThanOrEqual(before));
  },
);
