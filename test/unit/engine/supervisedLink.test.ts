import { expect, it } from 'vitest';
import type { LinkHandler } from '../../../src/engine/link/link.js';
import { silentLogger } from '../../../src/engine/logger.js';
import { received, sent, type SupervisorFrame } from '../../../src/engine/supervised/frames.js';
import { SupervisedLink, type SupervisedLinkParts } from '../../../src/engine/supervised/supervisedLink.js';
import { eventually } from '../../support/eventually.js';

const WINDOW = 400;

it('acknowledges output at once, but the end of a command only when whoever waits for that has heard of it', async () => {
  const kinds: number[] = [];
  let deliver: (frame: SupervisorFrame) => void = () => undefined;
  const connection = {
    position: 0,
    closed: new Promise(() => undefined),
    listen: (listener: typeof deliver) => (deliver = listener),
    send: (kind: number) => kinds.push(kind),
  };
  const parts = {
    connection,
    attachment: { from: 0, to: 0, stored: 0 },
    window: WINDOW,
    log: silentLogger,
  } as unknown as SupervisedLinkParts;
  const link = new SupervisedLink(parts);
  let hasHeard = false;
  const data = (): void => {
    link.over(1);
    queueMicrotask(() => (hasHeard = true));
  };
  link.open({ data } as unknown as LinkHandler);
  connection.position = WINDOW;
  deliver({ kind: received.data, stream: 0, payload: Buffer.alloc(0), size: WINDOW, isLast: true });
  expect([kinds, hasHeard]).toEqual([[sent.acknowledge], false]);
  await eventually(() => expect([kinds, hasHeard]).toEqual([[sent.acknowledge, sent.over], true]));
});
