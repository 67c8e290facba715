import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { debugpyFolder } from '../support/debugpy.js';
import { awaitingPythons } from '../support/pythons.js';
import { stopsOf } from '../support/stopsOf.js';

/** What is tried: the code, which exceptions are to stop it, where it stops, and its end. */
type Case = readonly [
  what: string,
  source: string,
  exceptions: readonly string[],
  stops: readonly string[],
  end?: string,
];

const ALL = ['raised', 'uncaught', 'userUnhandled'];

const CASES: readonly Case[] = [
  ['the end of iterators', 'it = iter([])\ntry:\n  next(it)\nexcept StopIteration: pass\nfor x in it: pass', ALL, []],
  [
    'the end of asynchronous iterators',
    'class A:\n  def __aiter__(self): return self\n  async def __anext__(self): raise StopAsyncIteration\nasync for x in A(): pass',
    ALL,
    [],
  ],
  [
    'the end of a generator',
    'def g():\n  try: yield\n  except GeneratorExit: raise\nit = g()\nnext(it)\nit.close()',
    ALL,
    [],
  ],
  [
    'an error in the loop over a generator, and not where that ends',
    'import contextlib\ndef g():\n  with contextlib.suppress(KeyError): yield 1\ndef f():\n  for x in g():\n    raise ValueError\nf()',
    ['uncaught'],
    ['f:6'],
    'error',
  ],
  [
    'an error that the standard library catches',
    'from collections.abc import Sequence\nclass S(Sequence):\n  def __len__(self): return 1\n  def __getitem__(self, i):\n    if i: raise IndexError\nfor x in S(): pass',
    ['userUnhandled'],
    ['__getitem__ (Current frame):5'],
  ],
  [
    'an error in a pool of threads',
    'from concurrent.futures import ThreadPoolExecutor as Pool\ndef f():\n  1 / 0\nwith Pool(1) as p: r = p.submit(f)',
    ['userUnhandled'],
    ['f (Current frame):3'],
  ],
  [
    'an error in a thread',
    'import threading\nthreading.excepthook = lambda *_: None\ndef f():\n  1 / 0\nt = threading.Thread(target=f); t.start(); t.join()',
    ['uncaught'],
    ['f:4'],
  ],
  [
    'an error in a task that is awaited with others',
    'import asyncio\nasync def f():\n  1 / 0\nr = await asyncio.gather(f(), return_exceptions=True)',
    ['uncaught'],
    [],
  ],
  [
    'an error that the end of a try drops',
    'def f():\n  try: 1 / 0\n  finally: return 1\nf()',
    ['uncaught', 'userUnhandled'],
    [],
  ],
  ['an end with an exit code', 'import sys\ndef f():\n  sys.exit(3)\nf()', ['uncaught'], ['f:3'], 'error'],
  ['an end without one', 'import sys\nsys.exit(0)', ALL, [], 'error'],
  ['an interrupt', 'def f():\n  raise KeyboardInterrupt\nf()', ['uncaught'], [], 'interrupted'],
  ['an error in code that cannot be compiled', 'a = 1\nimport not_code', ['uncaught'], ['<module>:2'], 'error'],
  [
    'an error in what shows the value',
    'class R:\n  def __repr__(self):\n    1 / 0\nR()',
    ['uncaught'],
    ['__repr__:3'],
    'error',
  ],
  ['an error in the value', 'a = [1]\na.index(2)', ['uncaught'], ['<module>:2'], 'error'],
];

describe.each(awaitingPythons())('exceptions in Python $version', ({ executable }) => {
  if (debugpyFolder === undefined) {
    test('stop it', (context) => {
      context.skip('no Python here has debugpy');
    });
    return;
  }
  const folders = [debugpyFolder];
  let session: ExtSession;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'exceptions-'));
    writeFileSync(path.join(folder, 'not_code.py'), 'def f(:\n');
    session = await ExtSession.start({ interpreter: executable, cwd: folder });
  });
  afterAll(async () => {
    await session.exit();
    rmSync(folder, { recursive: true });
  });

  test.each(CASES.map(([what, ...rest]) => ({ what, rest })))('stop it as they are chosen: $what', async ({ rest }) => {
    const [source, exceptions, at, end = 'ok'] = rest;
    const { stops, results } = await stopsOf(session, source, {
      filename: path.join(folder, 'x.py'),
      folders,
      exceptions,
    });
    expect([stops, (await results.wait()).status]).toEqual([at, end]);
  });
});
