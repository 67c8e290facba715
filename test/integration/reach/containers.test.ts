import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession, type ExtSessionOptions, extexec } from '../../../src/library.js';
import { canRunContainers, type Containers, hasDocker, startContainers } from '../../support/containers.js';
import { expectBytesAndInterrupt } from '../../support/farSession.js';
import { testPythons } from '../../support/pythons.js';
import { referenceOf } from '../kept/keptSessions.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';

describe.skipIf(!canRunContainers)(
  'a session in a container (skipped unless root has podman, crun and unshare)',
  () => {
    let containers: Containers;
    beforeAll(async () => {
      const folder = execFileSync(interpreter, ['-c', 'import sys; print(sys.prefix)'], { encoding: 'utf8' }).trim();
      containers = await startContainers(folder);
    }, 60_000);
    afterAll(() => containers.stop());

    const options = (...commandPrefix: string[]): ExtSessionOptions => ({
      interpreter,
      commandPrefix,
      prefixEnv: containers.env,
    });

    describe.for([
      ['podman exec -i', 'podman', false],
      ['docker exec -i (skipped without docker)', 'docker', !hasDocker],
    ] as const)('by %s', ([, program, isSkipped]) => {
      test.skipIf(isSkipped)('runs commands, is interrupted in a flood, and goes on without its host', async () => {
        const there = options(program, 'exec', '-i', containers.name);
        const session = await ExtSession.start({ ...there, keepAlive: true });
        expect(await session.evaluate('__import__("os").path.exists("/home")')).toBe(false);
        await expectBytesAndInterrupt(session);

        const cut = session.execute('import time\nfor i in range(60): print(i); time.sleep(0.05)');
        await expect.poll(() => cut.stdout.length, { timeout: 20_000 }).toBeGreaterThan(0);
        const reference = referenceOf(session);
        await session.detach();
        const again = await ExtSession.attach(reference, { prefixEnv: containers.env });
        await again.resumed[0]?.wait();
        expect(again.resumed[0]?.stdout).toBe(Array.from({ length: 60 }, (_, i) => `${String(i)}\n`).join(''));
        await again.exit();
      });
    });

    test('by podman run -i has a container of its own', async () => {
      const { stdout } = await extexec('import os; print(os.getpid() < 20)', options(...containers.run));
      expect(stdout).toBe('True\n');
    });
  },
);
