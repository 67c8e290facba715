import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pythonWith } from '../../support/pythons.js';
import { Viewed } from '../../support/viewedData.js';

const viewed = new Viewed();
afterAll(() => viewed.session.exit());

const libraries = pythonWith('pandas', 'polars', 'numpy');
describe.skipIf(!libraries)('the data grid with pandas, polars and NumPy', () => {
  beforeAll(() => viewed.start({ interpreter: libraries?.executable ?? '' }));
  afterAll(() => viewed.session.exit());

  test('shows a frame of pandas exactly, with its index and its missing values', async () => {
    await viewed.run(`
import pandas as pd, numpy as np
frame = pd.DataFrame({
  'float': [0.1 + 0.2, float('nan')],
  'int': pd.array([2**53 + 1, None], dtype='Int64'),
  'when': pd.to_datetime(['2024-03-31 01:30:00.123456789', None]).tz_localize('UTC').tz_convert('Europe/Berlin'),
  'small': np.array([0.1, 1e-7], dtype='float32'),
  'kind': pd.Categorical(['a', None]),
  'any': [b'x', None],
  'text': ['long' * 100, 'ä'],
}, index=pd.Index(['r1', 'r2'], name='row'))`);
    const window = await viewed.window('frame');
    expect(window.indexHeads).toEqual([['row', 'str', 't']]);
    expect(window.index).toEqual([['r1', 'r2']]);
    expect(window.heads.slice(0, 5)).toEqual([
      ['float', 'float64', 'n'],
      ['int', 'Int64', 'n'],
      ['when', expect.stringContaining('Europe/Berlin') as string, 't'],
      ['small', 'float32', 'n'],
      ['kind', 'category', 't'],
    ]);
    expect(window.cells).toEqual([
      ['0.30000000000000004', ['m', 'NaN']],
      ['9007199254740993', ['m', 'NA']],
      ['2024-03-31 03:30:00.123456789+02:00', ['m', 'NaT']],
      ['0.1', '1e-07'],
      ['a', ['m', 'NaN']],
      [
        ['v', "b'x'"],
        ['m', 'None'],
      ],
      [['c', 'long'.repeat(50)], 'ä'],
    ]);
    expect((await viewed.window('frame', { full: true })).cells[6]?.[0]).toBe('long'.repeat(100));
  });

  test('shows arrays of NumPy, those of several dimensions by slices', async () => {
    await viewed.run(`
cube = np.arange(24).reshape(2, 3, 4)
dates = np.array(['2024-01-01T10:00', 'NaT'], dtype='datetime64[s]')
records = np.array([(1, 0.5)], dtype=[('n', 'i4'), ('x', 'f8')])
empty = np.zeros((0, 3))`);
    const cube = await viewed.window('cube', { at: [1] });
    expect([cube.shape, cube.rows, cube.columns, cube.cells[0]]).toEqual([[2, 3, 4], 3, 4, ['12', '16', '20']]);
    expect((await viewed.window('dates')).cells).toEqual([['2024-01-01 10:00:00', ['m', 'NaT']]]);
    expect((await viewed.window('records')).heads.map(([name]) => name)).toEqual(['n', 'x']);
    expect((await viewed.window('empty')).columns).toBe(3);
  });

  test('shows columns of each kind, also of no rows', async () => {
    await viewed.run(`
import datetime, decimal
import pandas as pd, polars as pl
day, time, span = datetime.date(2026, 2, 3), datetime.time(1, 2, 3, 4), datetime.timedelta(days=1, microseconds=5)
kinds = {'text': ['x', None], 'day': [day, None], 'time': [time, None], 'span': [span, None], 'is': [True, None],
         'decimal': [decimal.Decimal('1.50'), None], 'bytes': [b'x', None], 'list': [[1], None], 'large': [2**100, None]}
of_pandas = pd.DataFrame(kinds, index=['r1', 'r2'])
of_polars = pl.DataFrame({name: pl.Series(values, dtype=pl.Int128) if name == 'large' else values for name, values in kinds.items()})`);
    expect((await viewed.window('of_polars')).cells.map(([first]) => first)).toEqual([
      ...['x', '2026-02-03', '01:02:03.000004', '1d 5µs', 'True', '1.50', "b'x'", ['o', '[1]']],
      '1267650600228229401496703205376',
    ]);
    const columns = Array.from({ length: 9 }, () => []);
    for (const name of ['of_pandas', 'of_polars']) {
      const filters = [{ column: 0, test: 'contains', value: 'no such text' }];
      expect(await viewed.window(name, { filters })).toMatchObject({ rows: 0, total: 2, cells: columns });
      for (const column of columns.keys()) {
        const sorted = await viewed.window(name, { sort: [{ column, descending: true }] });
        expect(sorted.cells.map((cells) => cells.length)).toEqual(columns.map(() => 2));
      }
    }
  });

  test('shows a frame of polars exactly', async () => {
    await viewed.run(`
import polars as pl
pf = pl.DataFrame({
  'x': [0.1, None],
  'when': pl.Series(['2024-01-01T00:00:00.123456789', None]).str.to_datetime(time_unit='ns'),
  'list': [[1, 2], None],
  'small': pl.Series([0.1, None], dtype=pl.Float32),
})`);
    expect((await viewed.window('pf')).cells).toEqual([
      ['0.1', ['m', 'null']],
      ['2024-01-01 00:00:00.123456789', ['m', 'null']],
      [
        ['o', '[1, 2]'],
        ['m', 'null'],
      ],
      ['0.1', ['m', 'null']],
    ]);
  });
});

const libraryCases = [
  [
    'pandas',
    "pd.DataFrame({'n': table_n, 's': table_s, 't': pd.to_datetime(table_t, format='ISO8601'), 'o': table_o})",
  ],
  ['polars', "pl.DataFrame({'n': table_n, 's': table_s, 't': pl.Series(table_t).str.to_datetime(), 'o': table_o})"],
] as const;
describe.skipIf(!libraries).each(libraryCases)('sorts and filters with %s', (_name, source) => {
  beforeAll(async () => {
    await viewed.start({ interpreter: libraries?.executable ?? '' });
    await viewed.run(`import pandas as pd, polars as pl, numpy as np
table_n = [2.5, float('nan'), -1.0, 10.0]; table_s = ['b', 'A', None, 'ab']
table_t = ['2024-01-02', None, '2024-01-01 12:00', '2024-03-01']; table_o = [[1], [2], None, [0]]
table = ${source}`);
  });
  afterAll(() => viewed.session.exit());
  const rows = async (steps: object): Promise<unknown> => (await viewed.window('table', steps)).positions;

  test.each([
    [0, false, [2, 0, 3, 1]],
    [0, true, [3, 0, 2, 1]],
    [1, false, [1, 3, 0, 2]],
    [2, true, [3, 0, 2, 1]],
    [3, false, [3, 0, 1, 2]],
  ])('column %i, descending: %s', async (column, descending, expected) => {
    expect(await rows({ sort: [{ column, descending }] })).toEqual(expected);
  });

  test.each([
    [{ column: 0, test: 'more', value: '2' }, [0, 3]],
    [{ column: 0, test: 'differs', value: '10' }, [0, 2]],
    [{ column: 0, test: 'missing' }, [1]],
    [{ column: 1, test: 'contains', value: 'a' }, [1, 3]],
    [{ column: 1, test: 'equals', value: 'b' }, [0]],
    [{ column: 2, test: 'atMost', value: '2024-01-02' }, [0, 2]],
    [{ column: 3, test: 'present' }, [0, 1, 3]],
    [{ column: -1, test: 'contains', value: '10' }, [3]],
  ])('%j', async (filter, expected) => {
    expect(await rows({ filters: [filter] })).toEqual(expected);
  });

  test('says what is no value of a column', async () => {
    const filters = [{ column: 0, test: 'more', value: 'many' }];
    expect(await viewed.ask({ name: 'table', path: [] }, { filters })).toEqual({ problem: 'value', type: 'many' });
  });
});

const arrow = pythonWith('pyarrow');
describe.skipIf(!arrow)('the data grid with Arrow', () => {
  beforeAll(() => viewed.start({ interpreter: arrow?.executable ?? '' }));
  afterAll(() => viewed.session.exit());

  test('sorts, filters and summarizes tables that have columns of which Arrow itself takes no rows', async () => {
    await viewed.run(`
import pyarrow as pa
table = pa.table({'n': [2, 1, 3], 'runs': pa.RunEndEncodedArray.from_arrays([1, 3], [5, 7]),
                  'view': pa.array(['x', None, 'y'], type=pa.string_view())})`);
    const sort = [{ column: 0, descending: false }];
    const missing = ['m', 'null'];
    expect((await viewed.window('table', { sort })).cells).toEqual([
      ['1', '2', '3'],
      ['7', '5', '7'],
      [missing, 'x', 'y'],
    ]);
    const filters = [{ column: 2, test: 'equals', value: 'y' }];
    expect((await viewed.window('table', { filters })).cells).toEqual([['3'], ['7'], ['y']]);
    const { statistics } = await viewed.ask({ name: 'table', path: [] }, { ask: 'statistics', column: 2, filters: [] });
    expect(statistics).toMatchObject({ missing: 1, distinct: 2 });
  });
});
