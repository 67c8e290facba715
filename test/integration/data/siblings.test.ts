import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pythonWith } from '../../support/pythons.js';
import { Viewed } from '../../support/viewedData.js';

const viewed = new Viewed();
const masked = ['m', 'masked'];

describe('other containers of Python', () => {
  beforeAll(() => viewed.start({}));
  afterAll(() => viewed.session.exit());

  test.each([
    ['a dict', "{'a': 2**70, (1, 2): None}", ['key', 'value'], ['a', ['o', '(1, 2)']]],
    ['a dict without anything', '{}', ['key', 'value'], []],
    ['counters', "collections.Counter('aab')", ['key', 'value'], ['a', 'b']],
    ['a default dict', 'collections.defaultdict(int, {1.5: 1})', ['key', 'value'], [['n', '1.5']]],
    ['an ordered dict', 'collections.OrderedDict(z=1, a=2)', ['key', 'value'], ['z', 'a']],
    ['a set', '{7}', ['value'], [['n', '7']]],
    ['a frozen set', "frozenset('b')", ['value'], ['b']],
    [
      'a deque',
      'collections.deque([1, 2], maxlen=2)',
      ['value'],
      [
        ['n', '1'],
        ['n', '2'],
      ],
    ],
    ['an array', "array.array('d', [0.1])", ['value'], [['n', '0.1']]],
  ])('%s is a table', async (_name, made, heads, first) => {
    await viewed.run(`import array, collections\nsubject = ${made}`);
    const window = await viewed.window('subject');
    expect(window.heads.map(([name]) => name)).toEqual(heads);
    expect(window.cells[0]).toEqual(first);
  });

  test('what has rows only later says so', async () => {
    await viewed.run('import extsession\nclass LazyFrame: pass\nclass FrameGroupBy: pass');
    const told = async (made: string): Promise<string> => {
      const results = viewed.session.execute(`extsession.view(${made})`);
      await results.wait();
      return results.outputs.map((output) => ('message' in output ? output.message : '')).join();
    };
    expect(await told('LazyFrame()')).toContain('view the result of its collect()');
    expect(await told('FrameGroupBy()')).toContain('view the result of an aggregation');
    expect(await told('5')).toBe('cannot view int: it is not a table, an array or a container');
  });

  test('a dict of dicts has its keys as the labels of rows', async () => {
    await viewed.run("subject = {'r1': {'x': 1, 'y': 2}, 2: {'x': 3}}");
    const window = await viewed.window('subject');
    expect(window.index).toEqual([['r1', '2']]);
    expect(window.heads.map(([name]) => name)).toEqual(['x', 'y']);
    expect(window.cells[1]).toEqual([
      ['n', '2'],
      ['m', ''],
    ]);
    const sorted = await viewed.window('subject', { sort: [{ column: 0, descending: true }] });
    expect(sorted.index).toEqual([['2', 'r1']]);
  });

  test('counters are sorted by their counts, and filtered', async () => {
    await viewed.run("subject = collections.Counter('abracadabra')");
    const { cells } = await viewed.window('subject', {
      sort: [{ column: 1, descending: true }],
      filters: [{ column: 1, test: 'more', value: '1' }],
    });
    expect(cells[0]).toEqual(['a', 'b', 'r']);
  });
});

const libraries = pythonWith('numpy', 'pandas', 'pyarrow');
describe.skipIf(!libraries)('the siblings of arrays and frames', () => {
  beforeAll(async () => {
    await viewed.start({ interpreter: libraries?.executable ?? '' });
    await viewed.run(`
import numpy as np, pandas as pd, pyarrow as pa
hidden = np.ma.array([5, 1, 3, 2], mask=[0, 1, 0, 0])
fields = np.ma.array([(1, 2.5), (3, 4.5)], dtype=[('x', 'i4'), ('y', 'f8')], mask=[(0, 1), (1, 0)])
cube = np.ma.array(np.arange(8).reshape(2, 2, 2), mask=False)
cube[1, 0, 1] = np.ma.masked
records = np.rec.array([(2**40, 'a')], dtype=[('n', 'i8'), ('s', 'U1')])
matrix = np.matrix([[1, 2]])
levels = pd.MultiIndex.from_product([['b', 'a'], [1, 2]], names=['letter', None])
dates = pd.DatetimeIndex(['2024-03-31 01:30', None], tz='Europe/Berlin', name='when')
array = pd.array([1, None], dtype='Int64')
kinds = pd.Categorical(['x', None])
arrow = pa.array([2**53 + 1, None])
chunks = pa.chunked_array([['x'], ['y', None]])
columns = {'a': np.arange(3), 'b': [1]}`);
  });
  afterAll(() => viewed.session.exit());

  test('what is masked is missing: shown so, sorted last, and in no statistics', async () => {
    expect((await viewed.window('hidden')).cells).toEqual([['5', masked, '3', '2']]);
    const sort = [{ column: 0, descending: false }];
    expect((await viewed.window('hidden', { sort })).cells).toEqual([['2', '3', '5', masked]]);
    const filter = async (test: string, value?: string): Promise<number> =>
      (await viewed.window('hidden', { filters: [{ column: 0, test, ...(value === undefined ? {} : { value }) }] }))
        .rows;
    expect(await filter('missing')).toBe(1);
    expect(await filter('less', '3')).toBe(1);
    expect(await filter('expression', 'value < 3')).toBe(1);
    const { statistics } = await viewed.ask({ name: 'hidden', path: [] }, { ask: 'statistics', column: 0 });
    expect(statistics).toMatchObject({ rows: 4, missing: 1, distinct: 3 });
    expect(statistics?.facts[0]).toEqual(['min', '2']);
    expect((await viewed.window('fields')).cells).toEqual([
      ['1', masked],
      [masked, '4.5'],
    ]);
    expect((await viewed.window('cube', { at: [1] })).cells).toEqual([
      ['4', '6'],
      [masked, '7'],
    ]);
  });

  test.each([
    ['records', ['n', 's'], ['1099511627776']],
    ['matrix', ['[0]', '[1]'], ['1']],
    ['levels', ['letter', '[1]'], ['b', 'b', 'a', 'a']],
    ['dates', ['when'], ['2024-03-31 01:30:00+01:00', ['m', 'NaT']]],
    ['array', ['value'], ['1', ['m', 'NA']]],
    ['kinds', ['value'], ['x', ['m', 'NaN']]],
    ['arrow', ['value'], ['9007199254740993', ['m', 'null']]],
    ['chunks', ['value'], ['x', 'y', ['m', 'null']]],
    [
      'columns',
      ['a', 'b'],
      [
        ['n', '0'],
        ['n', '1'],
        ['n', '2'],
      ],
    ],
  ])('%s is a table, exactly', async (name, heads, first) => {
    const window = await viewed.window(name);
    expect(window.heads.map(([head]) => head)).toEqual(heads);
    expect(window.cells[0]).toEqual(first);
  });

  test('the levels of an index are sorted, filtered and counted as columns', async () => {
    const sort = [
      { column: 0, descending: false },
      { column: 1, descending: true },
    ];
    expect((await viewed.window('levels', { sort })).cells).toEqual([
      ['a', 'a', 'b', 'b'],
      ['2', '1', '2', '1'],
    ]);
    const filters = [{ column: -1, test: 'expression', value: 'letter == "a"' }];
    expect((await viewed.window('levels', { filters })).rows).toBe(2);
    const { statistics } = await viewed.ask({ name: 'levels', path: [] }, { ask: 'statistics', column: 0 });
    expect(statistics).toMatchObject({ rows: 4, distinct: 2, missing: 0 });
  });
});
