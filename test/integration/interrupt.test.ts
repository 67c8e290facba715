import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ExtSession, type ExtResults } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';

let session: ExtSession;
beforeEach(async () => {
  session = await ExtSession.start({ interpreter });
});
afterEach(async () => {
  await session.exit();
});

/** Resolves when the command has printed something. */
async function begun(results: ExtResults): Promise<void> {
  for await (const output of results) if (output.type === 'stream') return;
}

const SPIN = 'print("begun")\nwhile True: pass';

test('an interrupt keeps the variables, cancels what waits, and leaves the session ready', async () => {
  await session.execute('kept = 1').wait();
  const running = session.execute(SPIN);
  const waiting = session.execute('kept = 2');
  await begun(running);
  await session.interrupt();
  expect((await running.wait()).status).toBe('interrupted');
  expect((await waiting.wait()).status).toBe('cancelled');
  expect(await session.get('kept')).toBe(1);
  expect(session.state).toBe('idle');
});

test('interrupts again and again, each of them', async () => {
  for (let count = 0; count < 30; count++) {
    const running = session.execute(SPIN);
    await begun(running);
    await session.interrupt();
    expect((await running.wait()).status).toBe('interrupted');
    expect(await session.evaluate(`${String(count)} + 1`)).toBe(count + 1);
  }
});

test('an interrupt reaches a command once, however early it comes', async () => {
  for (let count = 0; count < 20; count++) {
    const results = session.execute(
      'caught = 0\nwhile not caught:\n    try:\n        while True: pass\n    except KeyboardInterrupt:\n        caught += 1\nimport time\ntime.sleep(0.05)',
    );
    await session.interrupt();
    expect(['ok', 'interrupted']).toContain((await results.wait()).status);
    expect(await session.evaluate('globals().get("caught", 0)')).toBeLessThan(2);
  }
});

test('an interrupt that races with the end of a command never reaches the next one', async () => {
  for (let count = 0; count < 100; count++) {
    const short = session.execute('for i in range(300): pass');
    const interrupted = session.interrupt();
    expect(['ok', 'interrupted', 'cancelled']).toContain((await short.wait()).status);
    await interrupted;
    expect(await session.execute('x = 1\nfor i in range(3000): x += i').wait()).toMatchObject({ status: 'ok' });
  }
});

test('an interrupt in an idle session has no effect', async () => {
  await session.interrupt();
  expect(await session.evaluate('1')).toBe(1);
});

test('a signal takes a command out of the queue, or interrupts it', async () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const running = session.execute(SPIN, { signal: first.signal });
  const waiting = session.execute('1', { signal: second.signal });
  second.abort();
  expect((await waiting.wait()).status).toBe('cancelled');
  await begun(running);
  first.abort();
  expect((await running.wait()).status).toBe('interrupted');
  const late = session.execute('1', { signal: first.signal });
  expect((await late.wait()).status).toBe('cancelled');
});

test('a command that does not react is reported within a few seconds, and a restart ends it', async () => {
  const deaf = session.execute(
    'import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nprint("begun")\nwhile True: pass',
  );
  await begun(deaf);
  await expect(session.interrupt()).rejects.toMatchObject({
    code: 'NOT_INTERRUPTIBLE',
    message: expect.stringContaining('File "<command 1>", line 4, in <module>') as string,
  });
  expect(session.state).toBe('busy');
  await session.restart();
  expect((await deaf.wait()).status).toBe('cancelled');
  expect(await session.evaluate('1')).toBe(1);
});

test('a command that ignores one interrupt gets another', async () => {
  const stubborn = session.execute(
    'try:\n    print("begun")\n    while True: pass\nexcept KeyboardInterrupt: pass\nwhile True: pass',
  );
  await begun(stubborn);
  await session.interrupt();
  expect((await stubborn.wait()).status).toBe('interrupted');
});

test('an interrupt ends a loop over os.system, not only the child that runs', async () => {
  const loop = session.execute('import os\nprint("begun")\nwhile True: os.system("sleep 0.01")');
  await begun(loop);
  await session.interrupt();
  expect(await loop.wait()).toMatchObject({ status: 'interrupted', error: { name: 'KeyboardInterrupt' } });
});

test('an interrupt reaches the children of the command too', async () => {
  const waiting = session.execute('import os\nprint("begun")\nos.system("sleep 600")');
  await begun(waiting);
  await session.interrupt();
  expect(await session.evaluate('1')).toBe(1);
});

test('a restart while another restarts, and an exit meanwhile: every promise settles', async () => {
  const pending = session.execute(SPIN);
  await begun(pending);
  const restarts = [session.restart(), session.restart()];
  const ends = await Promise.allSettled(restarts);
  expect(ends.at(-1)).toMatchObject({ status: 'fulfilled' });
  expect((await pending.wait()).status).toBe('cancelled');
  expect(await session.evaluate('2')).toBe(2);

  const again = session.restart();
  await session.exit();
  await again.catch((error: unknown) => {
    expect(error).toMatchObject({ code: 'CANCELLED' });
  });
  expect(session.state).toBe('dead');
});

test('an exit while a command runs ends it, and what atexit writes is delivered', async () => {
  await session.execute('import atexit\natexit.register(print, "bye")').wait();
  const running = session.execute(SPIN);
  await begun(running);
  expect(await session.exit(3)).toEqual({ exitCode: 3, signal: null });
  expect(running.stdout).toBe('begun\nbye\n');
});

test('an exit writes what open files still hold, also while a command runs', async () => {
  const file = path.join(tmpdir(), `held-${String(session.pid)}`);
  await session.execute(`held = open(${JSON.stringify(file)}, "w")\n_ = held.write("text")`).wait();
  const running = session.execute(SPIN, { filename: '/some/file.py' });
  await begun(running);
  await session.exit();
  expect(readFileSync(file, 'utf8')).toBe('text');
  rmSync(file);
});

test('an error that cannot be described for all the interrupts still names the lines of user code', async () => {
  const source = 'import linecache\ndef f(*_args): raise KeyboardInterrupt\nlinecache.getline = f\nf()';
  const outcome = await session.execute(source, { filename: '/project/a.py', firstLine: 5 }).wait();
  if (outcome.status !== 'interrupted') throw new Error(outcome.status);
  expect(outcome.error.frames.map(({ line, source: text }) => [line, text])).toEqual([
    [8, 'f()'],
    [6, 'def f(*_args): raise KeyboardInterrupt'],
  ]);
  expect(outcome.error.traceback).toMatch(/line 8, in <module>\n {4}f\(\)\n[^]*\nKeyboardInterrupt\n$/);
});

test.each([0, 1, 2, 4, 8])(
  'a second interrupt after %d ms keeps the frame of user code in the traceback',
  async (apart) => {
    for (let count = 0; count < 5; count++) {
      const running = session.execute('def spin():\n  print("begun")\n  while True: pass\nspin()');
      await begun(running);
      const pid = session.pid;
      if (pid === undefined) throw new Error('The session has no process.');
      process.kill(pid, 'SIGINT');
      await new Promise((resolve) => setTimeout(resolve, apart));
      process.kill(pid, 'SIGINT');
      const outcome = await running.wait();
      if (outcome.status !== 'interrupted') throw new Error(outcome.status);
      expect(outcome.error.frames.map((frame) => frame.function)).toEqual(['<module>', 'spin']);
    }
  },
);
