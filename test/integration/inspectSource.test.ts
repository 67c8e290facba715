import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

describe.each(testPythons())('with Python $version, inspect.getsource finds', ({ executable }) => {
  let session: ExtSession;
  beforeEach(async () => {
    session = await ExtSession.start({ interpreter: executable });
  });
  afterEach(async () => {
    await session.exit();
  });

  const outer = 'class Outer:\n    size = 3\n    class Inner:\n        def f(self): return 1\n';
  test.each([
    ['a class without methods', 'class Point:\n    x = 1\n', 'Point'],
    ['a class with methods', 'class Shape:\n    def area(self):\n        return 2\n', 'Shape'],
    ['a class within a class', outer, 'Outer'],
    ['a data class', '@dataclass\nclass Point:\n    x: int = 1\n', 'Point'],
    [
      'a class with wrapped methods',
      'class Shape:\n    @contextmanager\n    def area(self):\n        yield 2\n',
      'Shape',
    ],
    ['a function', 'def double(x):\n    return 2 * x\n', 'double'],
  ])('%s, of a command with a file name and without', async (_, source, name) => {
    await session.execute('from contextlib import contextmanager\nfrom dataclasses import dataclass').wait();
    for (const options of [{}, { filename: '/project/shapes.py', firstLine: 12 }]) {
      await session.execute(source, options).wait();
      await session.execute('unrelated = 1').wait();
      const found = await session.evaluate(`__import__('inspect').getsource(${name})`);
      expect([source, source.replace(/^@.*\n/, '')]).toContain(found); // before Python 3.9, without decorators
    }
  });

  test('the newest definition of a class', async () => {
    await session.execute('class A:\n    a = 1').wait();
    await session.execute('class A:\n    b = 2').wait();
    expect(await session.evaluate("__import__('inspect').getsource(A)")).toContain('b = 2');
  });

  test.each([
    ['magics', '!echo shell', '# none'],
    ['what is left of a longer command', 'if True:\n    a = 1\n    b = 2', 'a = 3'],
  ])('classes in a file with %s', async (_, first, second) => {
    const filename = '/project/mixed.py';
    const plain = 'class Plain:\n    x = 1\n';
    const full = 'class Full:\n    def f(self): pass\n';
    for (const source of [first, second]) await session.execute(source, { filename, firstLine: 1 }).wait();
    await session.execute(plain + full, { filename, firstLine: 6 }).wait();
    await session.execute('!echo shell', { filename, firstLine: 20 }).wait();
    expect(await session.evaluate("__import__('inspect').getsource(Plain)")).toBe(plain);
    expect(await session.evaluate("__import__('inspect').getsource(Full)")).toBe(full);
  });

  test('and tracebacks show, the lines of earlier commands of a document that is not saved', async () => {
    const filename = 'untitled:Untitled-1';
    await session.execute('def fail():\n    1 / 0', { filename, firstLine: 1 }).wait();
    const outcome = await session.execute('fail()', { filename, firstLine: 5 }).wait();
    expect(outcome).toMatchObject({
      status: 'error',
      error: { frames: [{ source: 'fail()' }, { source: '    1 / 0' }] },
    });
  });

  test('nothing for classes of the standard library that have none', async () => {
    await session.execute('import inspect\ntry: inspect.getsource(int)\nexcept TypeError: found = "none"').wait();
    expect(await session.get('found')).toBe('none');
    expect(await session.evaluate('inspect.getsource(inspect.Parameter).splitlines()[0]')).toBe('class Parameter:');
  });
});
