import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession, type ExtResults } from '../../src/library.js';
import { DebugClient } from '../support/debugClient.js';
import { debugpyFolder } from '../support/debugpy.js';
import { awaitingPythons } from '../support/pythons.js';

/** What is tried: the code, its breakpoints, and where it stops. */
type Case = readonly [
  what: string,
  source: string,
  breakpoints: readonly (number | object)[],
  stops: readonly string[],
];

interface Elsewhere {
  readonly firstLine?: number;
  readonly others?: Readonly<Record<string, readonly object[]>>;
}

const CASES: readonly Case[] = [
  ['the first line', 'a = 1', [1], ['<module>:1']],
  ['a call of several lines', 'x = max(\n  1,\n  2,\n)\ny = 1', [3], ['<module>:3']],
  ['what follows a text of several lines', 'x = """\na\n"""\ny = 2', [4], ['<module>:4']],
  ['a lambda', 'f = (lambda a:\n  a + 1)\ny = f(2)', [2], ['<lambda>:2']],
  ['a decorated function', 'def d(f):\n  return f\n@d\ndef g():\n  return 1\ng()', [5], ['g:5']],
  ['a class and a method', 'class A:\n  x = 1\n  def m(self):\n    return 2\nA().m()', [2, 4], ['A:2', 'm:4']],
  ['a property', 'class P:\n  @property\n  def p(self):\n    return 1\nP().p', [4], ['p:4']],
  ['a generator', 'def g():\n  yield 1\n  yield 2\nlist(g())', [3], ['g:3']],
  ['a recursion', 'def f(n):\n  m = n\n  return f(m - 1) if n else 0\nf(2)', [2], ['f:2', 'f:2', 'f:2']],
  ['a callback of C code', 'def f(a):\n  return -a\nsorted([3, 1], key=f)', [2], ['f:2', 'f:2']],
  ['a destructor', 'class D:\n  def __del__(self):\n    x = 1\nd = D()\ndel d', [3], ['__del__:3']],
  [
    'tasks',
    'import asyncio\nasync def w(n):\n  await asyncio.sleep(0)\n  return n\nr = await asyncio.gather(w(1), w(2))',
    [4],
    ['w:4', 'w:4'],
  ],
  [
    'threads of a pool',
    'from concurrent.futures import ThreadPoolExecutor as Pool\ndef w(n):\n  return n\nwith Pool(1) as p:\n  r = list(p.map(w, [1, 2]))',
    [3],
    ['w:3', 'w:3'],
  ],
  [
    'handlers',
    'try:\n  raise ValueError\nexcept ValueError:\n  a = 1\nfinally:\n  b = 2',
    [4, 6],
    ['<module>:4', '<module>:6'],
  ],
  ['lines between magics', '%pwd\na = 1\n!true\nb = 2', [2, 4], ['<module>:2', '<module>:4']],
  ['what shows the value', 'class R:\n  def __repr__(self):\n    return "r"\nR()', [3], ['__repr__:3']],
  ['text beyond ASCII', '# é ✓ 😀\nñ = "😀"\nb = ñ', [3], ['<module>:3']],
  ['lines that end as on Windows', 'a = 1\r\nb = 2\r\nc = 3', [2], ['<module>:2']],
  ['several statements in a line', 'a = 1; b = 2; c = 3', [1], ['<module>:1']],
];

describe.each(awaitingPythons())('breakpoints in Python $version', ({ executable }) => {
  if (debugpyFolder === undefined) {
    test('are hit', (context) => {
      context.skip('no Python here has debugpy');
    });
    return;
  }
  const libs = debugpyFolder;
  let session: ExtSession;
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'breakpoints-'));
    file = path.join(folder, 'a program é#%.py');
    session = await ExtSession.start({ interpreter: executable, cwd: folder });
  });
  afterAll(async () => {
    await session.exit();
    rmSync(folder, { recursive: true });
  });

  /** Runs code to its end; where it has stopped on the way. */
  async function stopsOf(
    source: string,
    breakpoints: readonly (number | object)[],
    { firstLine = 1, others = {} }: Elsewhere = {},
  ): Promise<{ stops: string[]; results: ExtResults }> {
    const client = new DebugClient([libs]);
    const results = session.execute(source, { filename: file, firstLine, debugger: await client.place() });
    const lines = breakpoints.map((each) => (typeof each === 'number' ? { line: each } : each));
    await client.begin({ [file]: lines, ...others });
    const ended = results.wait();
    const stops: string[] = [];
    for (;;) {
      // The connection ends with the command.
      const stop = await Promise.race([client.stop().catch(() => ended.then(() => 'ended' as const)), ended]);
      if (typeof stop === 'string' || !('at' in stop)) break;
      stops.push(stop.at[0] ?? '');
      await client.request('continue', { threadId: stop.threadId });
    }
    expect(await ended).toMatchObject({ status: 'ok' });
    expect(results.stderr).toBe('');
    return { stops, results };
  }

  test.each(CASES)('are hit in %s', async (_what, source, breakpoints, stops) => {
    expect((await stopsOf(source, breakpoints)).stops).toEqual(stops);
  });

  test('are those that are set now when the same code runs again', async () => {
    const source = 'for i in range(6):\n  j = i';
    const line = 2;
    const stop = (count: number) => Array.from({ length: count }, () => '<module>:2');
    expect((await stopsOf(source, [line])).stops).toEqual(stop(6));
    expect((await stopsOf(source, [{ line, condition: 'i == 3' }])).stops).toEqual(stop(1));
    for (let again = 0; again < 2; again++)
      expect((await stopsOf(source, [{ line, hitCondition: '3' }])).stops).toEqual(stop(1));
    expect((await stopsOf(source, [{ line, hitCondition: '>4' }])).stops).toEqual(stop(2));
    expect((await stopsOf(source, [{ line, hitCondition: '%2' }])).stops).toEqual(stop(3));
    expect((await stopsOf(source, [{ line, logMessage: 'i is {i}' }])).stops).toEqual([]);
    expect((await stopsOf(source, [])).stops).toEqual([]);
    expect((await stopsOf(source, [line])).stops).toEqual(stop(6));
  });

  test('are hit in functions of earlier cells, and in one of two modules that have the same name', async () => {
    await session.execute('def earlier(n):\n  return n', { filename: file, firstLine: 20 }).wait();
    expect((await stopsOf('earlier(1)', [21], { firstLine: 30 })).stops).toEqual(['earlier:21']);
    for (const each of ['one', 'two']) {
      mkdirSync(path.join(folder, each));
      writeFileSync(path.join(folder, each, 'same.py'), `def h():\n    return '${each}'\n`);
    }
    const others = { [path.join(folder, 'two', 'same.py')]: [{ line: 2 }] };
    const { stops } = await stopsOf('import one.same, two.same\none.same.h() + two.same.h()', [], { others });
    expect(stops).toEqual(['h:2']);
    const body = { [path.join(folder, 'one', 'same.py')]: [{ line: 1 }] };
    const again = 'import sys, importlib; del sys.modules["one.same"]\nimportlib.import_module("one.same")';
    expect((await stopsOf(again, [], { others: body })).stops).toEqual(['<module>:1']);
  });

  test.skipIf(process.platform === 'win32')('are not hit in processes that the code forks, which go on', async () => {
    const source = `import os, threading
def work():
  return 7
child = os.fork()
if not child:
  thread = threading.Thread(target=work); thread.start(); thread.join()
  os._exit(work())
ended = os.waitpid(child, 0)[1] >> 8
print(ended, work())`;
    await session.execute('import warnings; warnings.simplefilter("ignore")').wait(); // newer versions warn of threads
    const { stops, results } = await stopsOf(source, [3, 6, 9]);
    expect(stops).toEqual(['<module>:9', 'work:3']);
    expect(results.stdout).toBe('7 7\n');
  });

  test.each([
    ['', 4],
    ['import asyncio; await asyncio.sleep(0)\n', 5],
  ])(
    'a step over the last line ends the command, and does not stop in code that shows its value: %j',
    async (first, line) => {
      const client = new DebugClient([libs]);
      const source = `${first}class R:\n  def __repr__(self):\n    return "r"\nR()`;
      const results = session.execute(source, { filename: file, debugger: await client.place() });
      await client.begin({ [file]: [{ line }] }, { justMyCode: false });
      const { at, threadId } = await client.stop();
      expect(at[0]).toBe(`<module>:${String(line)}`);
      await client.request('next', { threadId });
      expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': 'r' } });
    },
  );

  test('an interrupt ends a stop in code that shows the value', async () => {
    const client = new DebugClient([libs]);
    const source = 'class R:\n  def __repr__(self):\n    return "r"\nR()';
    const results = session.execute(source, { filename: file, debugger: await client.place() });
    await client.begin({ [file]: [{ line: 3 }] });
    expect((await client.stop()).at).toContain('__repr__:3');
    await session.interrupt();
    expect((await results.wait()).status).toBe('interrupted');
    expect(await session.evaluate('repr(R())')).toBe('r');
  });

  test('what the debugger itself cannot do is not told in the output of the command', async () => {
    const source = 'class E(Exception):\n  def __str__(self): raise RuntimeError\nraise E()';
    const failed = session.execute(source, { filename: file });
    await failed.wait();
    const client = new DebugClient([libs]);
    const place = { ...(await client.place()), postMortem: failed.id } as const;
    const results = session.execute('', { filename: file, debugger: place });
    await client.begin({});
    const { threadId } = await client.stop();
    await client.request('exceptionInfo', { threadId });
    await client.request('continue', { threadId });
    expect(await results.wait()).toMatchObject({ status: 'ok' });
    expect(results.stderr).toBe('');
  });
});
