import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ColumnStatistics } from '../../../src/protocol/data.js';
import { pythonWith, testPythons } from '../../support/pythons.js';
import { Viewed } from '../../support/viewedData.js';

const viewed = new Viewed();
afterAll(() => viewed.session.exit());

const statistics = async (name: string, column: number, others: object = {}): Promise<ColumnStatistics> => {
  const answer = await viewed.ask({ name, path: [] }, { ask: 'statistics', column, ...others });
  if (!answer.statistics) throw new Error(`There are no statistics: ${JSON.stringify(answer)}`);
  return answer.statistics;
};

/** Of 100 numbers from 0 to 99, a missing one, and five times 7. */
const expected = {
  rows: 106,
  missing: 1,
  distinct: 100,
  facts: [
    ['min', '0'],
    ['quarter', '21'],
    ['median', '47'],
    ['threeQuarters', '73'],
    ['max', '99'],
    ['mean', expect.stringMatching(/^47\.47619/)],
    ['deviation', expect.stringMatching(/^29\.73055/)],
  ],
  histogram: [5, 10, ...Array.from({ length: 18 }, () => 5)],
};

describe.each(testPythons())('statistics in Python $version', ({ executable }) => {
  beforeAll(() => viewed.start({ interpreter: executable }));
  afterAll(() => viewed.session.exit());

  test('tell of numbers how they are spread', async () => {
    await viewed.run("numbers = [{'n': n} for n in list(range(100)) + [7] * 5 + [None]]");
    const found = await statistics('numbers', 0);
    expect(found).toMatchObject({ head: ['n', 'int', 'n'], ...expected });
    expect(found.top.slice(0, 2)).toEqual([
      [['n', '7'], 6],
      [['n', '0'], 1],
    ]);
    expect(found.top).toHaveLength(10);
  });

  test('tell of other values which are there, and how often', async () => {
    await viewed.run(
      "rows = [{'x': x, 'k': k} for x, k in [('b', 1), ('a', 'y'), ('b', 1.5), (None, None), ('b', [1])]]",
    );
    expect(await statistics('rows', 0)).toEqual({
      head: ['x', 'str', 't'],
      rows: 5,
      missing: 1,
      distinct: 2,
      facts: [],
      histogram: [],
      top: [
        ['b', 3],
        ['a', 1],
      ],
    });
    expect(await statistics('rows', 1)).toMatchObject({ missing: 1, distinct: 4, facts: [] });
  });

  test('are of the rows that the filters leave', async () => {
    const filters = [{ column: 0, test: 'atLeast', value: '90' }];
    expect(await statistics('numbers', 0, { filters })).toMatchObject({ rows: 10, missing: 0, distinct: 10 });
    expect(await statistics('numbers', 0, { filters: [{ column: 0, test: 'more', value: '999' }] })).toMatchObject({
      rows: 0,
      distinct: 0,
      facts: [],
      top: [],
    });
    const answer = await viewed.ask({ name: 'numbers', path: [] }, { ask: 'statistics', column: 9 });
    expect(answer).toEqual({ problem: 'gone' });
  });

  test('run no code of values', async () => {
    await viewed.run(`
calls = []
def noisy(name):
    def method(self, *args): calls.append(name); raise RuntimeError(name)
    return method
Loud = type('Loud', (), {name: noisy(name) for name in '__repr__ __hash__ __eq__ __lt__ __float__ __len__'.split()})
loud = [{'a': Loud()}, {'a': Loud()}]
calls.clear()`);
    expect(await statistics('loud', 0)).toMatchObject({ distinct: 1, top: [[['o', '__main__.Loud'], 2]] });
    expect(await viewed.session.evaluate('calls')).toEqual([]);
  });
});

const libraries = pythonWith('numpy', 'pandas', 'polars');
const arrow = pythonWith('numpy', 'pandas', 'polars', 'pyarrow');
const frames = [
  [
    'pandas',
    "pd.DataFrame({'n': pd.Series(n, dtype='Int64'), 'f': f, 's': s, 't': pd.to_datetime(t, format='ISO8601'), 'b': b})",
  ],
  ['polars', "pl.DataFrame({'n': n, 'f': f, 's': s, 't': pl.Series(t).str.to_datetime(), 'b': b})"],
  ['Arrow', "pa.table({'n': n, 'f': f, 's': s, 't': pa.array(t).cast(pa.timestamp('us')), 'b': b})"],
] as const;

describe.each(frames)('statistics with %s', (name, source) => {
  const python = name === 'Arrow' ? arrow : libraries;
  beforeAll(async () => {
    if (!python) return;
    await viewed.start({ interpreter: python.executable });
    await viewed.run(`
import pandas as pd, polars as pl, numpy as np
${name === 'Arrow' ? 'import pyarrow as pa' : ''}
n = list(range(100)) + [7] * 5 + [None]
f = [x / 2 for x in range(104)] + [float('inf'), float('nan')]
s = ['a'] * 50 + ['b'] * 55 + [None]
t = ['2024-01-01 00:00:00'] * 5 + ['2024-01-02 12:00:00.5'] + ['2024-01-03 00:00:00'] * 99 + [None]
b = [True] * 105 + [False]
table = ${source}`);
  });
  afterAll(async () => {
    if (python) await viewed.session.exit();
  });

  test.skipIf(!python)('tell of numbers, texts and times, by the library', async () => {
    expect(await statistics('table', 0)).toMatchObject(expected);
    expect(await statistics('table', 1)).toMatchObject({
      missing: 1,
      distinct: 105,
      facts: [
        ['min', '0.0'],
        ['quarter', '13.0'],
        ['median', '26.0'],
        ['threeQuarters', '39.0'],
        ['max', 'inf'],
        ['mean', 'inf'],
        ['deviation', 'nan'],
      ],
    });
    expect((await statistics('table', 1)).histogram.reduce((sum, count) => sum + count)).toBe(104);
    const texts = await statistics('table', 2);
    expect([texts.missing, texts.distinct, texts.top]).toEqual([
      1,
      2,
      [
        ['b', 55],
        ['a', 50],
      ],
    ]);
    const times = await statistics('table', 3);
    const ofTimes = Object.fromEntries(times.facts);
    expect(ofTimes.min).toMatch(/^2024-01-01/);
    expect(ofTimes.median).toMatch(/^2024-01-03/);
    expect([times.missing, times.distinct, times.top[0]?.[1], times.histogram.length]).toEqual([1, 3, 99, 20]);
    expect((await statistics('table', 4)).top.map(([cell, count]) => [String(cell).toLowerCase(), count])).toEqual([
      ['true', 105],
      ['false', 1],
    ]);
    const filters = [{ column: 2, test: 'equals', value: 'a' }];
    const sort = [{ column: 0, descending: true }];
    expect(await statistics('table', 0, { filters, sort })).toMatchObject({ rows: 50, missing: 0, distinct: 50 });
  });
});

test.skipIf(!libraries)('statistics tell of arrays of NumPy, and of time zones as they are shown', async () => {
  await viewed.start({ interpreter: libraries?.executable ?? '' });
  await viewed.run(`
import numpy as np, pandas as pd
array = np.zeros((2, 3, 4), dtype='uint8'); array[1, :, 2] = [3, 250, 3]
small = np.array([0.1, np.nan, 0.1], dtype='float32'); words = np.array(['x', 'y', 'x'])
zoned = pd.DataFrame({'t': pd.to_datetime(['2024-01-01 10:00', None]).tz_localize('Europe/Berlin'), 'o': [[1], None]})`);
  expect(await statistics('array', 2, { at: [1] })).toMatchObject({
    distinct: 2,
    top: [
      ['3', 2],
      ['250', 1],
    ],
  });
  expect(await statistics('array', 2, { at: [0] })).toMatchObject({ distinct: 1, histogram: [3] });
  expect((await statistics('small', 0)).facts.slice(0, 1)).toEqual([['min', '0.1']]);
  expect(await statistics('words', 0)).toMatchObject({
    facts: [],
    top: [
      ['x', 2],
      ['y', 1],
    ],
  });
  const zoned = await statistics('zoned', 0);
  expect([zoned.facts[0], zoned.missing]).toEqual([['min', '2024-01-01 10:00:00+01:00'], 1]);
  expect(await statistics('zoned', 1)).toMatchObject({ missing: 1, distinct: 1 });
  await viewed.session.exit();
});

test('statistics in JavaScript tell of numbers and texts, and run no accessor', async () => {
  await viewed.start({ evaluator: 'javascript' });
  await viewed.run(`
var calls = 0;
var numbers = [...Array(100).keys(), 7, 7, 7, 7, 7, null].map((n) => ({ n, get x() { calls++; return 1 }, k: n % 2 ? 'a' : 'b' }));
var typed = Float64Array.from([0.5, NaN, Infinity, 1.5]);`);
  expect(await statistics('numbers', 0)).toMatchObject({ head: ['n', 'number', 'n'], ...expected });
  expect((await statistics('numbers', 2)).top).toEqual([
    ['a', 55],
    ['b', 51],
  ]);
  expect(await statistics('typed', 0)).toMatchObject({
    missing: 1,
    distinct: 3,
    facts: [
      ['min', '0.5'],
      ['quarter', '1'],
      ['median', '1.5'],
      ['threeQuarters', 'Infinity'],
      ['max', 'Infinity'],
      ['mean', 'Infinity'],
      ['deviation', 'NaN'],
    ],
  });
  expect(await viewed.session.evaluate('calls')).toBe(0);
  await viewed.run("var big = [9007199254740993n, 9007199254740992n, 5]; var mixed = ['n 5', 5];");
  const facts = Object.fromEntries((await statistics('big', 0)).facts);
  expect([facts.min, facts.max]).toEqual(['5', '9007199254740993']);
  expect((await statistics('mixed', 0)).distinct).toBe(2);
});
