import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { ExtSession } from '../../src/library.js';
import { dataAnswerSchema, type DataAnswer, type DataPlace, type DataWindow } from '../../src/protocol/data.js';
import { pythonWith, testPythons } from '../support/pythons.js';

const never = (): AbortSignal => new AbortController().signal;

/** A session whose values are looked at as a grid does. */
class Viewed {
  session!: ExtSession;

  async start(options: Parameters<typeof ExtSession.start>[0]): Promise<void> {
    this.session = await ExtSession.start(options);
  }

  async run(source: string): Promise<void> {
    const results = this.session.execute(source);
    expect(await results.wait({ timeoutMs: 60_000 })).toMatchObject({ status: 'ok' });
  }

  async ask(of: DataPlace, others: object = {}): Promise<DataAnswer> {
    const request = { ask: 'window', of, rows: [0, 100], columns: [0, 100], ...others } as const;
    return v.parse(dataAnswerSchema, await this.session.data(request, never()));
  }

  async window(name: string, others: object = {}): Promise<DataWindow> {
    const { window } = await this.ask({ name, path: [] }, others);
    if (!window) throw new Error(`${name} is no table.`);
    return window;
  }
}

const viewed = new Viewed();
afterAll(() => viewed.session.exit());

describe.each(testPythons())('the data grid in Python $version', ({ executable }) => {
  beforeAll(() => viewed.start({ interpreter: executable }));
  afterAll(() => viewed.session.exit());

  test('sees a list of dicts as a table, with what is missing told apart', async () => {
    await viewed.run(`
trips = [{'id': 1, 'fare': 9.5, 'note': 'late'}, {'id': 2**70, 'fare': float('nan'), 'note': None}, {'id': 3}]`);
    expect(await viewed.window('trips')).toMatchObject({
      type: 'list',
      rows: 3,
      columns: 3,
      heads: [
        ['id', 'int', 'n'],
        ['fare', 'float', 'n'],
        ['note', 'str', 't'],
      ],
      cells: [
        [
          ['n', '1'],
          ['n', '1180591620717411303424'],
          ['n', '3'],
        ],
        [
          ['n', '9.5'],
          ['m', 'NaN'],
          ['m', ''],
        ],
        ['late', ['m', 'None'], ['m', '']],
      ],
    });
  });

  test('sees a dict of lists, lists of lists and lists of values', async () => {
    await viewed.run(
      "columns = {'a': [1, 2], 'b': ('x',)}\nmatrix = [[1, 2], [3]]\nvalues = ['a', b'\\xff', {1}, 10**5000]",
    );
    expect((await viewed.window('columns')).cells).toEqual([
      [
        ['n', '1'],
        ['n', '2'],
      ],
      ['x', ['m', '']],
    ]);
    expect((await viewed.window('matrix')).heads.map(([name]) => name)).toEqual(['[0]', '[1]']);
    const [cells = []] = (await viewed.window('values')).cells;
    expect(cells.slice(0, 3)).toEqual(['a', ['v', "b'\\xff'"], ['o', '{1}']]);
    expect(cells[3]?.[1]).toMatch(/^0x[\da-f]+$/);
  });

  test('reads only the rows and columns that are asked for', async () => {
    await viewed.run("many = [{'c%d' % c: r * c for c in range(30)} for r in range(500)]");
    const window = await viewed.window('many', { rows: [490, 600], columns: [2, 4] });
    expect([window.rows, window.columns, window.start]).toEqual([500, 30, [490, 2]]);
    expect(window.cells.map((column) => column.length)).toEqual([10, 10]);
    expect(window.cells[0]?.[0]).toEqual(['n', '980']);
  });

  test('says what is no table, and what is gone', async () => {
    await viewed.run('number = 5');
    expect(await viewed.ask({ name: 'number', path: [] })).toEqual({ problem: 'unsupported', type: 'int' });
    expect(await viewed.ask({ name: 'nothing', path: [] })).toEqual({ problem: 'gone' });
    expect(await viewed.ask({ kept: 99 })).toEqual({ problem: 'gone' });
  });

  test('keeps what extsession.view is given, and shows it', async () => {
    const results = viewed.session.execute("import extsession\nextsession.view([1, 2], title='two')");
    await results.wait({ timeoutMs: 20_000 });
    const [shown] = results.outputs;
    const data = shown && 'data' in shown ? shown.data : {};
    expect(data['text/plain']).toBe('View of two');
    expect(data['application/vnd.extsession.data+json']).toEqual({ kept: 1, title: 'two' });
    const { window } = await viewed.ask({ kept: 1 });
    expect(window?.cells).toEqual([
      [
        ['n', '1'],
        ['n', '2'],
      ],
    ]);
    await viewed.session.data({ ask: 'release', of: { kept: 1 } }, never());
    expect(await viewed.ask({ kept: 1 })).toEqual({ problem: 'gone' });
    const refused = viewed.session.execute('extsession.view(5)');
    expect(await refused.wait({ timeoutMs: 20_000 })).toMatchObject({ error: { name: 'TypeError' } });
  });

  test('sorts by several columns and filters, in the order and with the rows that users expect', async () => {
    await viewed.run(`
people = [{'name': 'Bo', 'age': 9, 'x': None}, {'name': 'al', 'age': 10}, {'name': 'Cy', 'age': None}, {'name': 'Di', 'age': 9, 'x': 1j}]`);
    const rows = async (steps: object): Promise<unknown> => (await viewed.window('people', steps)).positions;
    const [up, down] = [
      [{ column: 1, descending: false }],
      [
        { column: 1, descending: true },
        { column: 0, descending: true },
      ],
    ];
    expect(await rows({ sort: up })).toEqual([0, 3, 1, 2]);
    expect(await rows({ sort: down })).toEqual([1, 3, 0, 2]);
    expect(await rows({ filters: [{ column: 0, test: 'contains', value: 'A' }] })).toEqual([1]);
    expect(await rows({ filters: [{ column: 1, test: 'equals', value: '9.0' }], sort: down })).toEqual([3, 0]);
    expect(await rows({ filters: [{ column: 1, test: 'atLeast', value: '10' }] })).toEqual([1]);
    expect(await rows({ filters: [{ column: 1, test: 'missing' }] })).toEqual([2]);
    expect(await rows({ filters: [{ column: -1, test: 'contains', value: 'y' }] })).toEqual([2]);
    const window = await viewed.window('people', { filters: [{ column: 1, test: 'present' }], rows: [1, 2] });
    expect([window.rows, window.total, window.cells[0]]).toEqual([3, 4, ['al']]);
  });

  test('sorts again when the data are others, or when it is asked to', async () => {
    await viewed.run('numbers = [3, 1, 2]');
    const sort = [{ column: 0, descending: false }];
    expect((await viewed.window('numbers', { sort })).positions).toEqual([1, 2, 0]);
    await viewed.run('numbers[0] = 0');
    expect((await viewed.window('numbers', { sort })).positions).toEqual([1, 2, 0]);
    expect((await viewed.window('numbers', { sort, turn: 1 })).positions).toEqual([0, 1, 2]);
    await viewed.run('numbers = [5, 4]');
    expect((await viewed.window('numbers', { sort, turn: 1 })).positions).toEqual([1, 0]);
  });

  test('runs nothing of the classes of values, keys and containers', async () => {
    await viewed.run(`
calls = []
class Meta(type):
    def __getattribute__(cls, name): calls.append(name); return type.__getattribute__(cls, name)
def noisy(name):
    def method(self, *args): calls.append(name); raise RuntimeError(name)
    return method
names = '''__repr__ __str__ __len__ __iter__ __getitem__ __hash__ __eq__ __bool__ __int__ __float__ __index__ __array__
__contains__ __format__ __lt__ __getattr__ __getattribute__ __dataframe__ __array_interface__'''.split()
body = {name: noisy(name) for name in names}
Hostile = Meta('Hostile', (), body)
Rows = Meta('Rows', (list,), {name: noisy(name) for name in names if name not in ('__hash__',)})
Keyed = Meta('Keyed', (str,), {'__repr__': noisy('repr'), '__str__': noisy('str'), '__len__': noisy('len')})
cells = [{'a': Hostile(), 'b': Rows(), 'c': [Hostile()], Keyed('k'): 1}]
whole = Rows(); one = Hostile()
calls.clear()`);
    const window = await viewed.window('cells');
    expect(window.heads.map(([name]) => name)).toEqual(['a', 'b', 'c']);
    expect(window.cells.slice(0, 2).flat()).toEqual([
      ['o', '__main__.Hostile'],
      ['o', '__main__.Rows'],
    ]);
    const [sort, filters] = [[{ column: 0, descending: false }], [{ column: -1, test: 'contains', value: 'Host' }]];
    expect((await viewed.window('cells', { sort, filters })).rows).toBe(1);
    for (const name of ['whole', 'one']) expect(await viewed.ask({ name, path: [] })).toHaveProperty('problem');
    expect(await viewed.session.evaluate('len(calls)')).toBe(0);
  });

  test('is not seen by user code, and leaves its modules alone', async () => {
    const before = await viewed.session.evaluate("sorted(n for n in __import__('sys').modules if n[0] != '_')");
    await viewed.window('trips');
    expect(await viewed.session.evaluate("sorted(n for n in __import__('sys').modules if n[0] != '_')")).toEqual(
      before,
    );
  });
});

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

describe('the data grid in JavaScript', () => {
  beforeAll(() => viewed.start({ evaluator: 'javascript' }));
  afterAll(() => viewed.session.exit());

  test('sees arrays of objects, objects of arrays and typed arrays', async () => {
    await viewed.run(`
var trips = [{ id: 1n, fare: -0, when: new Date(0) }, { id: 2n, fare: NaN, note: undefined }];
var columns = { a: [1, null], b: new Float32Array([0.5]) };
var typed = new BigInt64Array([9007199254740993n]);`);
    const window = await viewed.window('trips');
    expect(window.heads).toEqual([
      ['id', 'bigint', 'n'],
      ['fare', 'number', 'n'],
      ['when', 'Date', 't'],
      ['note', '', 't'],
    ]);
    expect(window.cells).toEqual([
      [
        ['n', '1'],
        ['n', '2'],
      ],
      [
        ['n', '-0'],
        ['m', 'NaN'],
      ],
      [
        ['v', '1970-01-01T00:00:00.000Z'],
        ['m', ''],
      ],
      [
        ['m', ''],
        ['m', 'undefined'],
      ],
    ]);
    expect((await viewed.window('columns')).cells[1]).toEqual([
      ['n', '0.5'],
      ['m', ''],
    ]);
    expect((await viewed.window('typed')).cells).toEqual([['9007199254740993']]);
  });

  test('sorts by several columns and filters', async () => {
    await viewed.run(
      "var people = [{ name: 'Bo', age: 9 }, { name: 'al', age: 10n }, { name: 'Cy' }, { name: 'Di', age: 9 }]",
    );
    const rows = async (steps: object): Promise<unknown> => (await viewed.window('people', steps)).positions;
    const sort = [
      { column: 1, descending: true },
      { column: 0, descending: true },
    ];
    expect(await rows({ sort })).toEqual([1, 3, 0, 2]);
    expect(await rows({ filters: [{ column: 1, test: 'atMost', value: '9' }], sort })).toEqual([3, 0]);
    expect(await rows({ filters: [{ column: -1, test: 'contains', value: 'y' }] })).toEqual([2]);
  });

  test('runs no accessor, no proxy and nothing of a class', async () => {
    await viewed.run(`
var calls = 0;
class Loud { get x() { calls++; return 1 } toString() { calls++; return '' } toJSON() { calls++ } [Symbol.toPrimitive]() { calls++ } }
var hostile = [{ a: new Loud(), get b() { calls++; return 2 }, c: new Proxy({}, { get() { calls++ }, ownKeys() { calls++; return [] } }) }];
var proxy = new Proxy([], { get() { calls++ } });
Array.prototype.map = () => { calls++ };`);
    expect((await viewed.window('hostile')).rows).toBe(1);
    expect(await viewed.ask({ name: 'proxy', path: [] })).toMatchObject({ problem: 'unsupported' });
    expect(await viewed.session.evaluate('calls')).toBe(0);
  });
});
