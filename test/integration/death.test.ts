import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';

let session: ExtSession;
beforeEach(async () => {
  session = await ExtSession.start({ interpreter });
});
afterEach(async () => {
  await session.exit();
});

/** How a process can end in the middle of a command, and what is known of it then. */
const ends = [
  { how: 'os._exit', source: 'import os; os._exit(7)', exitCode: 7, signal: null },
  { how: 'os.abort', source: 'import os; os.abort()', exitCode: null, signal: 'SIGABRT' },
  { how: 'SIGKILL', source: 'import os; os.kill(os.getpid(), 9)', exitCode: null, signal: 'SIGKILL' },
  { how: 'SIGTERM', source: 'import os; os.kill(os.getpid(), 15)', exitCode: null, signal: 'SIGTERM' },
  { how: 'a segmentation fault', source: 'import ctypes; ctypes.string_at(0)', exitCode: null, signal: 'SIGSEGV' },
  {
    how: 'another program in its place',
    source: 'import os; os.execv("/bin/sh", ["sh", "-c", "echo from the other; exit 5"])',
    exitCode: 5,
    signal: null,
    more: 'from the other\n',
  },
];

describe.each(ends)('a command that ends its process by $how', ({ source, exitCode, signal, more = '' }) => {
  test('keeps all that was written, and settles within a second', async () => {
    let quickest = await end();
    // One in which the machine was busy says nothing.
    for (let more = 2; more > 0 && quickest >= 1000; more--) {
      await session.restart();
      quickest = Math.min(quickest, await end());
    }
    expect(quickest).toBeLessThan(1000);
  });

  /** How long it takes, in milliseconds. */
  async function end(): Promise<number> {
    const results = session.execute(
      `import sys\nprint("x" * 100_000)\nprint("and so on", file=sys.stderr)\nprint("last words", end="\\n")\n${source}`,
    );
    const started = performance.now();
    const outcome = await results.wait();
    const elapsed = performance.now() - started;
    expect(outcome).toMatchObject({ status: 'died', exitCode, signal });
    expect(results.stdout).toBe(`${'x'.repeat(100_000)}\nlast words\n${more}`);
    expect(results.stderr).toMatch(/^and so on\n/);
    expect(session.state).toBe('dead');
    expect(await session.exited).toEqual({ exitCode, signal });
    await results.closed;
    return elapsed;
  }
});

test('a program in the worker’s place runs to its end, however long that takes', async () => {
  const steps = 'for i in 1 2 3 4 5 6; do echo $i; sleep 0.1; done; exit 5';
  const results = session.execute(`import os\nos.execvp("sh", ["sh", "-c", "${steps}"])`);
  expect(await results.wait()).toMatchObject({ status: 'died', exitCode: 5, signal: null });
  expect(results.stdout).toBe('1\n2\n3\n4\n5\n6\n');
  await results.closed;
});

test('a program that could not take the worker’s place leaves the session as it was', async () => {
  const failed = session.execute('import os\nos.execv("/nowhere/program", ["program"])');
  expect(await failed.wait()).toMatchObject({ status: 'error', error: { name: 'FileNotFoundError' } });
  expect(await session.evaluate('1 + 1')).toBe(2);
  session.execute('import time\nos.closerange(3, 4096)\ntime.sleep(60)');
  await session.exited;
});

test('a child that survives the death holds the streams open until it ends', async () => {
  const results = session.execute(`
import os, subprocess
child = subprocess.Popen("read line; echo late", shell=True, stdin=subprocess.PIPE, start_new_session=True)
print("before", flush=True)
os._exit(3)`);
  await results.wait();
  await results.closed;
  expect(results.stdout).toBe('before\nlate\n');
});

test('memory that runs out is an error of the command, and the session lives', async () => {
  await session.execute('import resource\nresource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))').wait();
  const results = session.execute('print("before")\nhoard = bytearray(1 << 31)');
  expect(await results.wait()).toMatchObject({ status: 'error', error: { name: 'MemoryError' } });
  expect(results.stdout).toBe('before\n');
  expect(await session.evaluate('1 + 1')).toBe(2);
});

test('after a death, what waited is cancelled, and what is asked for fails clearly until a restart', async () => {
  const [dies, waited] = [session.execute('import os; os._exit(1)'), session.execute('print("never")')];
  const value = session.get('anything');
  expect(await dies.wait()).toMatchObject({ status: 'died' });
  expect(await waited.wait()).toMatchObject({ status: 'cancelled' });
  await expect(value).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(await session.execute('1').wait()).toMatchObject({ status: 'died', exitCode: 1 });
  await expect(session.evaluate('1')).rejects.toMatchObject({ code: 'SESSION_DEAD' });

  await session.restart();
  expect(await session.evaluate('1')).toBe(1);
});

test('a death while idle is told at once', async () => {
  process.kill(session.pid ?? 0, 'SIGKILL');
  expect(await session.exited).toEqual({ exitCode: null, signal: 'SIGKILL' });
  expect(session.state).toBe('dead');
});

test('a command that closes every descriptor ends the session, and only that', async () => {
  const results = session.execute('import os\nprint("before")\nos.closerange(3, 4096)\nprint("after")');
  await results.wait();
  await session.exited;
  expect(results.stdout).toMatch(/^before\n/);
  await session.restart();
  expect(await session.evaluate('2')).toBe(2);
});
