import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ExtSession } from '../../../src/library.js';
import { keptLanguages } from './keptLanguages.js';
import {
  alive,
  attach,
  counted,
  endSessionsAfterEach,
  newGate,
  referenceOf,
  seen,
  start,
  supervisorOf,
} from './keptSessions.js';

endSessionsAfterEach();

describe.each(keptLanguages.map((language) => [language.name, language] as const))(
  'the end of a session of %s that is kept alive',
  (_name, language) => {
    const { options, slowly } = language;

    test('leaves nothing: exit, restart', async () => {
      const script = { file: '/nowhere/script', args: ['one'] };
      const first = await start({ ...options, script });
      const session = await attach(await first.detach());
      const before = referenceOf(session);
      const supervisor = supervisorOf(before);
      await session.restart();
      await expect
        .poll(() => [alive(before.pid), alive(supervisor), existsSync(before.directory)])
        .toEqual([false, false, false]);
      const after = referenceOf(session);
      expect(after.pid).not.toBe(before.pid);
      expect(await session.evaluate(language.scriptAndArguments)).toEqual([script.file, ...script.args]);
      expect(await session.exit(3)).toEqual({ exitCode: 3, signal: null });
      await expect.poll(() => [alive(after.pid), existsSync(after.directory)]).toEqual([false, false]);
      await expect(ExtSession.attach(after)).rejects.toMatchObject({ code: 'SESSION_GONE', reason: 'ended' });
    });

    test('does not come when another host takes it: whoever waits for it hears that it goes on', async () => {
      const first = await start(options);
      const second = await attach(referenceOf(first));
      expect(await first.exit()).toEqual({ exitCode: null, signal: null });
      expect(await second.execute('1').wait()).toMatchObject({ status: 'ok' });
    });

    test('comes in order when no host comes, after what runs, and the next host hears of it', async () => {
      const first = await start({ ...options, keepAliveMs: 50 });
      await first.execute(language.atExit).wait();
      const gate = newGate();
      const results = first.execute(slowly(20, gate.file));
      await seen(results);
      const reference = await first.detach();
      gate.open();
      await expect.poll(() => alive(reference.pid)).toBe(false);
      const second = await attach(reference);
      expect(await second.resumed[0]?.wait()).toMatchObject({ status: 'ok' });
      expect(second.resumed[0]?.stdout).toBe(`${counted(20)}at exit\n`);
      expect(await second.exited).toEqual({ exitCode: 0, signal: null });
      expect(second.state).toBe('dead');
      await second.exit();
      await expect.poll(() => existsSync(reference.directory)).toBe(false);
    });

    test('by a crash is told to the next host, with all that was written', async () => {
      const first = await start(options);
      const gate = newGate();
      const results = first.execute(`${slowly(10, gate.file)}\n${language.killItself}`);
      await seen(results);
      const reference = await first.detach();
      gate.open();
      await expect.poll(() => alive(reference.pid)).toBe(false);
      const second = await attach(reference);
      expect(await second.resumed[0]?.wait()).toMatchObject({ status: 'died', signal: 'SIGKILL' });
      expect(second.resumed[0]?.stdout).toBe(counted(10));
    });

    test.skipIf(process.platform !== 'linux')(
      'comes with that of its supervisor, at once, and leaves nothing',
      async () => {
        const session = await start(options);
        const results = session.execute(`${language.sleepingChild}\n${language.loop}`);
        await expect.poll(() => results.stdout).toMatch(/^\d+\n$/);
        const reference = referenceOf(session);
        process.kill(supervisorOf(reference), 'SIGKILL');
        expect(await results.wait({ timeoutMs: 5000 })).toMatchObject({ status: 'died' });
        expect(session.state).toBe('dead');
        const pids = [reference.pid, Number(results.stdout)];
        await expect.poll(() => pids.map(alive), { timeout: 10_000 }).toEqual([false, false]);
        await expect.poll(() => existsSync(reference.directory), { timeout: 10_000 }).toBe(false);
      },
    );
  },
);
