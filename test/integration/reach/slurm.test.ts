import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Machine } from '../../../src/host/machines/machine.js';
import {
  jobNameOf,
  jobWith,
  slurmJob,
  slurmPartitions,
  type SlurmJob,
  usualOptions,
} from '../../../src/host/machines/slurm.js';
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

  test('by a job of the list has a place in the queue that can be asked for', async () => {
    for (const [name, value] of Object.entries(slurm.env)) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const partitions = await slurmPartitions();
    expect(partitions).toEqual(['test']);
    const options = usualOptions(partitions, ['--time=00:10:00']);
    expect(options).toEqual(['--partition=test', '--time=00:10:00']);

    const later = jobWith([...options, '--begin=now+1hour']);
    const waits = ExtSession.start({ interpreter, commandPrefix: later.command });
    waits.catch(() => undefined);
    await expect.poll(() => jobOf(later), { timeout: 20_000 }).toMatchObject({ state: 'PENDING', reason: 'BeginTime' });
    slurm.cancel(jobNameOf(later.command) ?? '');
    await expect(waits).rejects.toThrow();

    const machine = jobWith(options);
    expect(machine.name).toBe('Slurm test');
    await using session = await ExtSession.start({ interpreter, commandPrefix: machine.command });
    expect(await jobOf(machine)).toMatchObject({ state: 'RUNNING' });
    expect(await session.evaluate('6 * 7')).toBe(42);
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

function jobOf({ command }: Machine): Promise<SlurmJob | undefined> {
  return slurmJob(jobNameOf(command) ?? '');
}
