import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession, type ExtSessionOptions } from '../../../src/library.js';
import { expectBytesAndInterrupt } from '../../support/farSession.js';
import { testPythons } from '../../support/pythons.js';
import { canRunSlurm, type Slurm, startSlurm } from '../../support/slurm.js';
import { referenceOf } from '../kept/keptSessions.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';
const last = ['-n1', '--unbuffered', '-Q'];

describe.skipIf(!canRunSlurm)('a session on a node of Slurm (skipped unless root has slurm-wlm and munge)', () => {
  let slurm: Slurm;
  beforeAll(async () => {
    slurm = await startSlurm();
  }, 60_000);
  afterAll(() => slurm.stop());

  const options = (...commandPrefix: string[]): ExtSessionOptions => ({
    interpreter,
    commandPrefix,
    prefixEnv: slurm.env,
  });

  test('by srun runs commands, and is interrupted in a flood', async () => {
    const session = await ExtSession.start(options('srun', ...last));
    expect(await session.evaluate('"SLURM_STEP_ID" in __import__("os").environ')).toBe(true);
    await expectBytesAndInterrupt(session);
    await session.exit();
  });

  test('in an allocation goes on without its host', async () => {
    const there = options('srun', '--jobid', slurm.allocate(), '--overlap', ...last);
    const session = await ExtSession.start({ ...there, keepAlive: true });
    const cut = session.execute('import time\nfor i in range(60): print(i); time.sleep(0.05)');
    await expect.poll(() => cut.stdout.length, { timeout: 20_000 }).toBeGreaterThan(0);
    const reference = referenceOf(session);
    await session.detach();
    const again = await ExtSession.attach(reference, { prefixEnv: slurm.env });
    await again.resumed[0]?.wait();
    expect(again.resumed[0]?.stdout).toBe(Array.from({ length: 60 }, (_, i) => `${String(i)}\n`).join(''));
    await again.exit();
  });
});
