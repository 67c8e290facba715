import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession, type ExtResults } from '../../src/library.js';
import { DebugClient } from '../support/debugClient.js';
import { debugpyFolder } from '../support/debugpy.js';
import { awaitingPythons } from '../support/pythons.js';
import { stopsOf } from '../support/stopsOf.js';

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
  ['code below empty lines', '\n\ndef f(a):\n  return a\nf(1)', [4, 5], ['<module>:5', 'f:4']],
  ['the lines of a generator expression', 'r = list(\n  -i\n  for i in (1, 2)\n)', [2], ['<genexpr>:2', '<genexpr>:2']],
  [
    'what makes a decorator, and what it makes',
    'def d(n):\n  def outer(f):\n    return f\n  return outer\n@d(1)\ndef g():\n  return 1\ng()',
    [3, 4, 7],
    ['d:4', 'outer:3', 'g:7'],
  ],
  [
    'a generator that is a context',
    'import contextlib\n@contextlib.contextmanager\ndef c():\n  yield\n  b = 2\nwith c():\n  a = 1',
    [4, 5, 7],
    ['c:4', '<module>:7', 'c:5'],
  ],
  [
    'an asynchronous generator',
    'async def ag():\n  for i in range(2):\n    yield i\nasync for i in ag(): pass',
    [3],
    ['ag:3', 'ag:3'],
  ],
  [
    'a callback of the garbage collector',
    'import weakref\nclass A: pass\na = A()\ndef cb(r):\n  x = 1\nw = weakref.ref(a, cb)\ndel a',
    [5],
    ['cb:5'],
  ],
  [
    'a thread that no module knows',
    'import _thread\nl = _thread.allocate_lock(); l.acquire()\ndef q():\n  b = 1\n  l.release()\n_thread.start_new_thread(q, ())\nl.acquire()',
    [4],
    ['q:4'],
  ],
  ['a cell of a magic', '%%time\na = 1\nb = 2', [2, 3], ['<module>:2', '<module>:3']],
  ['a function with a magic in it', 'def f():\n  %pwd\n  return 1\nf()', [3], ['f:3']],
  ['code with the prompts of a console', '>>> def f():\n...   return 2\n>>> f()', [2], ['f:2']],
  ['an indented selection', '    a = 1\n    b = [\n      3]', [1, 3], ['<module>:1', '<module>:3']],
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
  async function stopsIn(
    source: string,
    breakpoints: readonly (number | object)[],
    { firstLine = 1, others = {} }: Elsewhere = {},
  ): Promise<{ stops: string[]; results: ExtResults }> {
    const lines = breakpoints.map((each) => (typeof each === 'number' ? { line: each } : each));
    const options = { filename: file, firstLine, folders: [libs], breakpoints: { [file]: lines, ...others } };
    const { stops, results } = await stopsOf(session, source, options);
    expect(await results.wait()).toMatchObject({ status: 'ok' });
    expect(results.stderr).toBe('');
    return { stops, results };
  }

  test.each(CASES)('are hit in %s', async (_what, source, breakpoints, stops) => {
    expect((await stopsIn(source, breakpoints)).stops).toEqual(stops);
  });

  test('are those that are set now when the same code runs again', async () => {
    const source = 'for i in range(6):\n  j = i';
    const line = 2;
    const stop = (count: number) => Array.from({ length: count }, () => '<module>:2');
    expect((await stopsIn(source, [line])).stops).toEqual(stop(6));
    expect((await stopsIn(source, [{ line, condition: 'i == 3' }])).stops).toEqual(stop(1));
    for (let again = 0; again < 2; again++)
      expect((await stopsIn(source, [{ line, hitCondition: '3' }])).stops).toEqual(stop(1));
    expect((await stopsIn(source, [{ line, hitCondition: '>4' }])).stops).toEqual(stop(2));
    expect((await stopsIn(source, [{ line, hitCondition: '%2' }])).stops).toEqual(stop(3));
    expect((await stopsIn(source, [{ line, logMessage: 'i is {i}' }])).stops).toEqual([]);
    expect((await stopsIn(source, [])).stops).toEqual([]);
    expect((await stopsIn(source, [line])).stops).toEqual(stop(6));
  });

  test('are hit in functions of earlier cells, and in one of two modules that have the same name', async () => {
    await session.execute('def earlier(n):\n  return n', { filename: file, firstLine: 20 }).wait();
    expect((await stopsIn('earlier(1)', [21], { firstLine: 30 })).stops).toEqual(['earlier:21']);
    for (const each of ['one', 'two']) {
      mkdirSync(path.join(folder, each));
      writeFileSync(path.join(folder, each, 'same.py'), `def h():\n    return '${each}'\n`);
    }
    const others = { [path.join(folder, 'two', 'same.py')]: [{ line: 2 }] };
    const { stops } = await stopsIn('import one.same, two.same\none.same.h() + two.same.h()', [], { others });
    expect(stops).toEqual(['h:2']);
    const body = { [path.join(folder, 'one', 'same.py')]: [{ line: 1 }] };
    const again = 'import sys, importlib; del sys.modules["one.same"]\nimportlib.import_module("one.same")';
    expect((await stopsIn(again, [], { others: body })).stops).toEqual(['<module>:1']);
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
    const { stops, results } = await stopsIn(source, [3, 6, 9]);
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
