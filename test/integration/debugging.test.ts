import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession, type ExtResults } from '../../src/library.js';
import { DebugClient } from '../support/debugClient.js';
import { debugpyFolder } from '../support/debugpy.js';
import { awaitingPythons } from '../support/pythons.js';

/** What a debugger could leave behind in its process. */
const TRACES = `
def _traces():
    import builtins, os, sys, threading, _thread
    monitoring = getattr(sys, "monitoring", None)
    return [sys.gettrace(), sys.settrace, sys.breakpointhook, sys.excepthook, sys.stdin, sys.stdout, builtins.__import__,
        threading.enumerate.__code__, threading.active_count.__code__, threading.settrace.__code__, threading._trace_hook,
        _thread.start_new_thread, [each.__dict__.get("additional_info") for each in threading.enumerate()],
        sorted(threading._active), sorted(os.environ), list(sys.path), list(sys.meta_path),
        [name for name in sys.modules if "pydev" in name or "debugpy" in name],
        monitoring and [monitoring.get_tool(number) for number in range(6)]]
import sys, threading
before = _traces()`;

describe.each(awaitingPythons())('in Python $version', ({ executable }) => {
  const libs = debugpyFolder;
  if (libs === undefined) {
    test('debugging', (context) => {
      context.skip('no Python here has debugpy');
    });
    return;
  }
  let session: ExtSession;
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'debugging-'));
    file = path.join(folder, 'program.py'); // which does not exist: the text of the editor runs
    session = await ExtSession.start({ interpreter: executable, cwd: folder, onInput: () => Promise.resolve('typed') });
    await session.execute(TRACES).wait();
  });
  afterAll(async () => {
    await session.exit();
    rmSync(folder, { recursive: true });
  });

  /** The innermost line that runs, as `function:line`. */
  async function placeOf(): Promise<string> {
    const [, line, name] = /line (\d+), in (.+)$/.exec(await session.stack()) ?? [];
    return `${name ?? ''}:${line ?? ''}`;
  }

  async function debug(
    source: string,
    breakpoints: Readonly<Record<string, readonly object[]>>,
    options: Parameters<DebugClient['begin']>[1] & { readonly firstLine?: number } = {},
  ): Promise<{ client: DebugClient; results: ExtResults }> {
    const client = new DebugClient([libs ?? '']);
    const place = { filename: file, firstLine: options.firstLine ?? 1, debugger: await client.place() };
    const results = session.execute(source, place);
    await client.begin(breakpoints, options);
    return { client, results };
  }

  test('a debugger that cannot be loaded leaves nothing behind, and the next one is used', async () => {
    const broken = path.join(folder, 'broken');
    const vendored = path.join(broken, 'debugpy', '_vendored');
    mkdirSync(vendored, { recursive: true });
    for (const each of ['__init__.py', '_vendored/__init__.py']) writeFileSync(path.join(broken, 'debugpy', each), '');
    writeFileSync(path.join(vendored, 'force_pydevd.py'), 'import threading\nthreading.enumerate.__code__ = None');
    const client = new DebugClient([]);
    await session.execute(`sys.path.insert(0, ${JSON.stringify(broken)})`).wait();
    const outcome = await session.execute('1', { debugger: await client.place() }).wait();
    expect(outcome).toMatchObject({ status: 'error', error: { name: 'DebuggerError' } });
    await session.execute('del sys.path[0]').wait();
    client.close();
    expect(await session.evaluate('[name for name in sys.modules if "debugpy" in name]')).toEqual([]);
  });

  test('a command stops at a breakpoint, shows its frames and variables, and goes on step by step', async () => {
    const source = 'x = 1\ndef f(a):\n    b = a + 1\n    print("in f")\n    return b\ny = f(x)\ny * 2';
    const { client, results } = await debug(source, { [file]: [{ line: 13 }] }, { firstLine: 11 });
    const stop = await client.stop();
    expect(stop.at).toEqual(['f:13', '<module>:16']);
    expect((await client.request('threads')).threads?.map(({ name }) => name)).toEqual(['MainThread']);
    const { scopes = [] } = await client.request('scopes', { frameId: stop.frame });
    const locals = { variablesReference: scopes[0]?.variablesReference };
    expect((await client.request('variables', locals)).variables).toMatchObject([{ name: 'a', value: '1' }]);
    await client.request('setVariable', { ...locals, name: 'a', value: '20' });
    const inConsole = { frameId: stop.frame, expression: 'print("typed", a)', context: 'repl' };
    await client.request('evaluate', inConsole);
    for (const expression of ['exit()', 'import sys; sys.exit()'])
      await expect(client.request('evaluate', { ...inConsole, expression })).rejects.toThrow('SystemExit');
    expect((await session.variables()).map(({ name }) => name)).toContain('x');
    const steps: (string | undefined)[] = [];
    while (steps.at(-1) !== '<module>:17') {
      await client.request('next', { threadId: stop.threadId });
      steps.push((await client.stop()).at[0]);
    }
    // Some versions stop at the call once more.
    expect(steps.filter((each) => each !== '<module>:16')).toEqual(['f:14', 'f:15', '<module>:17']);
    await client.request('continue', { threadId: stop.threadId });
    expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': '42' } });
    expect([results.stdout, results.stderr]).toEqual(['typed 20\nin f\n', '']);
  });

  test('a command stops in the lines of its last expression only where code of these lines runs', async () => {
    const source = 'x = 1\n(lambda: max([1, 2], key=lambda each:\n    -each))()';
    const { client, results } = await debug(source, { [file]: [{ line: 3 }] });
    const { at, threadId } = await client.stop();
    expect(at).toEqual(['<lambda>:3', '<lambda>:2', '<module>:2']);
    await client.request('disconnect', { threadId });
    expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': '1' } });
  });

  test('conditions, log messages, other files, threads, coroutines and breakpoint() stop it where they should', async () => {
    const helper = path.join(folder, 'helper_of_debugging.py');
    writeFileSync(helper, 'def help(n):\n    return n + 1\n');
    const source = `
import asyncio, threading, helper_of_debugging
for i in range(5):
    j = i
helper_of_debugging.help(1)
def work():
    return 1
thread = threading.Thread(target=work, name="worker"); thread.start(); thread.join()
async def wait():
    await asyncio.sleep(0)
    return 2
await wait()
answer = input("name? ")
breakpoint()
print(answer)`;
    const { client, results } = await debug(source, {
      [file]: [{ line: 4, condition: 'i == 3' }, { line: 5, logMessage: 'i is {i}' }, { line: 7 }, { line: 11 }],
      [helper]: [{ line: 2 }],
    });
    const stops = [];
    for (let stop = 0; stop < 5; stop++) {
      const { at, threadId } = await client.stop();
      const { threads = [] } = await client.request('threads');
      stops.push([at[0], threads.find(({ id }) => id === threadId)?.name.replace(/ .*/, '')]);
      await client.request('continue', { threadId });
    }
    expect(stops).toEqual([
      ['<module>:4', 'MainThread'],
      ['help:2', 'MainThread'],
      ['work:7', 'worker'],
      ['wait:11', 'MainThread'],
      ['<module>:15', 'MainThread'],
    ]);
    expect((await client.event('output')).output).toContain('i is 4');
    expect((await results.wait()).status).toBe('ok');
    expect([results.stdout, results.stderr]).toEqual(['name? typed\n', '']);
  });

  test('breakpoint() connects a command that runs without a debugger, also in code of earlier ones', async () => {
    await session.execute('def f(a):\n    b = a + 1\n    breakpoint()\n    return b', { filename: file }).wait();
    const client = new DebugClient([libs]);
    const place = { ...(await client.place()), onBreakpoint: true } as const;
    const results = session.execute('y = f(1)\ny', { filename: file, firstLine: 11, debugger: place });
    await client.begin({ [file]: [{ line: 12 }] });
    const stop = await client.stop();
    expect(stop.at).toEqual(['f:4', '<module>:11']);
    expect((await client.request('threads')).threads?.map(({ name }) => name)).toEqual(['MainThread']);
    await client.request('continue', { threadId: stop.threadId });
    expect((await client.stop()).at).toEqual(['<module>:12']);
    await client.request('continue', { threadId: stop.threadId });
    expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': '2' } });
    expect([results.stdout, results.stderr]).toEqual(['', '']);
    expect(await session.evaluate('_traces() == before')).toBe(true);
  });

  test.each([
    ['a loop', 'go = [1]\nwhile go:\n    n = 1\nn = 2', /^<module>:1[23]$/, /^<module>:1[23]$/, 'go.clear()'],
    [
      'a call that waits',
      'import time\nstop = False\nwhile not stop:\n    time.sleep(600)',
      /^<module>:14$/,
      /^<module>:14$/,
      undefined,
    ],
    [
      'something awaited',
      'import asyncio\nasync def wait(n):\n    await asyncio.sleep(600)\nawait wait(1)',
      /^select:/, // where the loop waits
      /^wait:13$/,
      undefined,
    ],
    [
      'a function of C that calls back',
      'def key(x):\n    return x\nwhile True: max(range(9), key=key)',
      /^(key:11|<module>:13)$/,
      /^(key|<module>):/,
      undefined,
    ],
  ])('a command that runs without a debugger pauses in %s', async (_what, source, where, at, ends) => {
    const client = new DebugClient([libs]);
    const place = { ...(await client.place()), onBreakpoint: false } as const;
    const results = session.execute(`print("begun")\n${source}`, { filename: file, firstLine: 10, debugger: place });
    // It may be at another line for a moment.
    await expect.poll(placeOf).toMatch(where);
    expect(await session.pause()).toBe('paused');
    await client.begin({});
    const stop = await client.stop();
    expect(stop.reason).toBe('pause');
    expect(stop.at[0]).toMatch(at);
    if (ends === undefined) {
      await session.interrupt();
      expect((await results.wait()).status).toBe('interrupted');
    } else {
      await client.request('evaluate', { frameId: stop.frame, expression: ends, context: 'repl' });
      await client.request('next', { threadId: stop.threadId });
      const next = await client.stop();
      expect(next.at).toHaveLength(1);
      await client.request('continue', { threadId: next.threadId });
      expect((await results.wait()).status).toBe('ok');
    }
    expect(results.stderr).toBe('');
    expect(await session.evaluate('_traces() == before')).toBe(true);
    expect(await session.pause()).toBe('impossible');
  });

  test('the last error of the session can be looked at after its command has ended', async () => {
    const source = 'def f(a):\n    b = a + 1\n    return b / 0\nf(41)';
    const failed = session.execute(source, { filename: file, firstLine: 11 });
    await failed.wait();
    const client = new DebugClient([libs]);
    const place = { ...(await client.place()), postMortem: failed.id } as const;
    const results = session.execute('', { filename: file, debugger: place });
    await client.begin({});
    const stop = await client.stop();
    expect(stop.at).toEqual(['f:13', '<module>:14']);
    const expression = { frameId: stop.frame, expression: 'b', context: 'watch' };
    expect((await client.request('evaluate', expression)).result).toBe('42');
    await client.request('continue', { threadId: stop.threadId });
    expect((await results.wait()).status).toBe('ok');
    expect([results.stdout, results.stderr]).toEqual(['', '']);
    expect(await session.evaluate('_traces() == before')).toBe(true);
    await session.execute('1 / 0').wait();
    const late = await session.execute('', { debugger: place }).wait();
    expect(late).toMatchObject({ status: 'error', error: { name: 'DebuggerError' } });
  });

  test('an interrupt ends a stop, and the error names the line only', async () => {
    const { client, results } = await debug('a = 1\ntry:\n    a = 2\nfinally:\n    a = 3\na = 4', {
      [file]: [{ line: 3 }],
    });
    await client.stop();
    await session.interrupt();
    const outcome = await results.wait();
    expect(outcome).toMatchObject({
      status: 'interrupted',
      error: { frames: [expect.objectContaining({ file, line: 3 })] },
    });
    expect(await session.get('a')).toBe(3);
  });

  test('it stops at an error that nothing catches, and fails with it', async () => {
    const { client, results } = await debug('def f():\n    1 / 0\nf()', {}, { exceptions: ['uncaught'] });
    const { at, reason, threadId } = await client.stop();
    expect([reason, at]).toEqual(['exception', ['f:2', '<module>:3']]);
    await client.request('continue', { threadId });
    expect(await results.wait()).toMatchObject({ status: 'error', error: { name: 'ZeroDivisionError' } });
  });

  test('it does not stop where a value says that it has no method to show it', async () => {
    const source =
      'class V:\n  def __getattr__(self, name): raise AttributeError(name)\n  def __repr__(self): return "v"\nV()';
    const { results } = await debug(source, {}, { exceptions: ['raised', 'userUnhandled'] });
    expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': 'v' } });
  });

  test('when the debugger goes away, the command goes on without it', async () => {
    const { client, results } = await debug('gone = 1\ngone = 2\ngone = 3', { [file]: [{ line: 2 }, { line: 3 }] });
    await client.stop();
    client.close();
    expect((await results.wait()).status).toBe('ok');
    expect(await session.get('gone')).toBe(3);
  });

  test('nothing of the debugger remains', async () => {
    expect(await session.evaluate('[now == then for now, then in zip(_traces(), before)]')).toEqual(
      Array.from({ length: 19 }, () => true),
    );
  });
});
