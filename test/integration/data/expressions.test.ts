import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pythonWith } from '../../support/pythons.js';
import { Viewed } from '../../support/viewedData.js';

const viewed = new Viewed();
const rich = pythonWith('numpy', 'pandas', 'polars', 'pyarrow');
const passing = async (name: string, value: string): Promise<unknown> => {
  const filters = [{ column: -1, test: 'expression', value }];
  const { window, problem, type } = await viewed.ask({ name, path: [] }, { filters });
  return window ? window.positions : `${String(problem)}: ${String(type)}`;
};

describe('expressions as filters in Python', () => {
  beforeAll(() => viewed.start({}));
  afterAll(() => viewed.session.exit());

  test('use columns and variables of the session, row by row', async () => {
    await viewed.run("least = 2\nrows = [{'a': 1, 'b': 'x'}, {'a': 2, 'b': 'y'}, {'a': 3}]\nlists = {'n': [1, 5, 9]}");
    expect(await passing('rows', 'a >= least')).toEqual([1, 2]);
    expect(await passing('rows', 'b is None')).toEqual([2]);
    expect(await passing('rows', 'any(a == one for one in (1, 3)) and row > 0')).toEqual([2]);
    expect(await passing('lists', 'n % 2 and n > 1')).toEqual([1, 2]);
    await viewed.run("named = [{'row': 7, 'a': 1}, {'row': 8, 'a': 2}]");
    expect(await passing('named', 'row and (lambda: a)() > 1 # the number of the row')).toEqual([1]);
    expect(
      await viewed.session.evaluate("sorted(name for name in globals() if name in ('a', 'b', 'n', 'row'))"),
    ).toEqual([]);
  });

  test('tell what is wrong with them', async () => {
    expect(await passing('rows', 'a >')).toMatch(/^expression: SyntaxError: /);
    expect(await passing('rows', 'nothing > 1')).toBe("expression: NameError: name 'nothing' is not defined");
    expect(await passing('rows', 'exit(3)')).toMatch(/^expression: SystemExit/);
    await viewed.run('class Odd(Exception):\n    def __str__(self): raise ValueError\ndef fail(): raise Odd');
    expect(await passing('rows', 'fail()')).toBe('expression: __main__.Odd');
  });

  test('can be interrupted', async () => {
    const cancelled = new AbortController();
    const filters = [{ column: -1, test: 'expression', value: 'len([0 for _ in iter(int, 1)])' }] as const;
    const request = { ask: 'window', of: { name: 'rows', path: [] }, rows: [0, 1], columns: [0, 1], filters } as const;
    const answer = viewed.session.data(request, cancelled.signal);
    setTimeout(() => {
      cancelled.abort();
    }, 300);
    await expect(answer).rejects.toThrow();
    expect(await viewed.session.evaluate('least')).toBe(2);
  });
});

describe.skipIf(!rich)('expressions of libraries', () => {
  beforeAll(() => viewed.start(rich ? { interpreter: rich.executable } : {}));
  afterAll(() => viewed.session.exit());

  test.each([
    ['pd.DataFrame', '`the fare` > @least and city.str.contains("o")'],
    ['pl.DataFrame', "(pl.col('the fare') > least) & pl.col('city').str.contains('o')"],
    ['pa.table', "city and 'o' in city and row > 0"],
  ])('are those of the library: %s', async (make, expression) => {
    await viewed.run(`
import numpy as np, pandas as pd, polars as pl, pyarrow as pa
least = 1
frame = ${make}({'the fare': [1.5, 0.5, None, 9.5], 'city': ['Rome', 'Oslo', 'Bonn', 'Lyon']})`);
    expect(await passing('frame', expression)).toEqual(make === 'pa.table' ? [1, 2, 3] : [0, 3]);
    expect(await passing('frame', '1 +')).toMatch(/^expression: /);
  });

  test.each([
    ['pd.DataFrame', 'fare', 'float64'],
    ['pl.DataFrame', "pl.col('fare')", 'Float64'],
  ])('have to be true or false: %s', async (make, expression, kind) => {
    await viewed.run(`frame = ${make}({'fare': [1.5, 0.5]})`);
    expect(await passing('frame', expression)).toBe(
      `expression: TypeError: the expression gives ${kind}, not a truth value, for each row`,
    );
  });

  test('of arrays are of the array', async () => {
    await viewed.run(
      "grid = np.arange(6).reshape(3, 2)\nrecords = np.array([(1, 2.5), (2, 3.5)], dtype=[('a', 'i4'), ('b', 'f8')])",
    );
    expect(await passing('grid', 'value[:, 1] > 1')).toEqual([1, 2]);
    expect(await passing('records', 'b > 3')).toEqual([1]);
    expect(await passing('grid', 'value > 1')).toMatch(/no truth value for each row$/);
  });
});

describe('expressions as filters in JavaScript', () => {
  beforeAll(() => viewed.start({ evaluator: 'javascript' }));
  afterAll(() => viewed.session.exit());

  test('use columns and variables of the session, row by row', async () => {
    await viewed.run("const least = 2; var rows = [{ a: 1, class: 'x' }, { a: 2 }, { a: 3, 'b c': 4 }];");
    expect(await passing('rows', 'a >= least')).toEqual([1, 2]);
    expect(await passing('rows', 'rows[row]["b c"]')).toEqual([2]);
    expect(await passing('rows', 'nothing')).toBe('expression: ReferenceError: nothing is not defined');
    expect(await passing('rows', 'a >')).toMatch(/^expression: SyntaxError: /);
    expect(await passing('rows', 'while (true);')).toMatch(/^expression: SyntaxError: /);
  });
});
