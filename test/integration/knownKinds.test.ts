import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Variable } from '../../src/library.js';
import { pythonWith } from '../support/pythons.js';
import { Viewed } from '../support/viewedData.js';

const viewed = new Viewed();

async function variable(name: string): Promise<Variable | undefined> {
  const variables = await viewed.session.variables({ details: true });
  return variables.find((one) => one.name === name);
}

const partsOf = async (name: string): Promise<string[]> =>
  (await viewed.session.parts([name])).items.map((one) => `${one.name}${one.code ?? ''}`);

describe('values of the standard library', () => {
  beforeAll(async () => {
    await viewed.start({});
    await viewed.run(`
import collections, enum, pathlib, re, threading
class Color(enum.Enum):
    RED = 1
class Mine:
    def __init__(self): self._own, self.shown = 1, 2
red, path, pattern, error = Color.RED, pathlib.PurePosixPath('/a/b'), re.compile('a+'), ValueError('x', [1])
counter, ordered, deque = collections.Counter('aab'), collections.OrderedDict(z=1), collections.deque([1, 2])
mine, event = Mine(), threading.Event()
mixed = [red, path]`);
  });
  afterAll(() => viewed.session.exit());

  test.each([
    ['red', '<Color.RED: 1>'],
    ['path', '/a/b'],
    ['pattern', "re.compile('a+')"],
    ['error', "ValueError('x', [1])"],
    ['counter', "{'a': 2, 'b': 1}"],
    ['ordered', "{'z': 1}"],
    ['deque', 'deque([1, 2])'],
    ['mixed', '[<Color.RED: 1>, /a/b]'],
  ])('%s has a summary', async (name, summary) => {
    expect((await variable(name))?.summary).toBe(summary);
  });

  test("private attributes are listed of the user's classes, not of others", async () => {
    expect(await partsOf('mine')).toEqual(['_own._own', 'shown.shown']);
    expect(await partsOf('red')).toEqual(['value._value_', 'name._name_']);
    expect(await partsOf('event')).toEqual([]);
  });
});

const libraries = pythonWith('numpy', 'pandas', 'polars', 'pyarrow', 'xarray');
describe.skipIf(!libraries)('values of libraries', () => {
  beforeAll(async () => {
    await viewed.start({ interpreter: libraries?.executable ?? '' });
    await viewed.run(`
import numpy as np, pandas as pd, polars as pl, pyarrow as pa, xarray as xr
masked = np.ma.array([1, 2], mask=[False, True])
records = np.rec.array([(1, 'a')], names='n,s')
record, matrix, single, dtype = records[0], np.matrix([[1, 2]]), np.array(5), np.dtype('f8')
series, index, kinds = pd.Series([0.1, None]), pd.Index(['x', 'y']), pd.Categorical(['u', None])
zoned = pd.Series(pd.to_datetime(['2024-03-31'])).dt.tz_localize('UTC')
long = pl.Series(range(100))
large = pl.Series(['x' * 1_000_000])
arrow = pa.array([1, None])
schema = pa.schema({'a': pa.int64()})
array = xr.DataArray(np.arange(6).reshape(2, 3), dims=('x', 'y'), coords={'x': [10, 20]}, attrs={'units': 'K'})
dataset = xr.Dataset({'t': array}, attrs={'title': 'q'})
lazy = pl.LazyFrame({'a': [1]})`);
  });
  afterAll(() => viewed.session.exit());

  test.each([
    ['masked', '2', '[1 --]'],
    ['records', '1', undefined],
    ['record', undefined, "(1, 'a')"],
    ['matrix', '1 x 2', undefined],
    ['single', '', '5'],
    ['dtype', undefined, 'float64'],
    ['series', '2', '[0.1, nan]'],
    ['zoned', '1', '[2024-03-31 00:00:00+00:00]'],
    ['index', '2', "['x', 'y']"],
    ['kinds', '2', "['u', nan]"],
    ['long', '100', '[0, 1, 2, 3, 4, 5, 6, 7, …]'],
    ['large', '1', undefined],
    ['arrow', '2', '[1, None]'],
    ['schema', undefined, 'a'],
    ['array', '2 x 3', 'x, y'],
    ['dataset', undefined, 't'],
  ])('%s has its size and a summary', async (name, size, summary) => {
    const found = await variable(name);
    expect([found?.size, found?.summary]).toEqual([size, summary]);
  });

  test('arrays of xarray have their values, coordinates and attributes as parts', async () => {
    expect(await partsOf('array')).toEqual(['values.values', "x.coords['x']", 'dims.dims', 'attrs.attrs']);
    expect(await partsOf('dataset')).toEqual(["x['x']", "t['t']", 'attrs.attrs']);
    const { items } = await viewed.session.parts(['array', 1]);
    expect(items.map(({ name, summary }) => [name, summary])).toEqual([
      ['values', '[10, 20]'],
      ['dims', "('x',)"],
    ]);
  });

  test('parts lead to what they say', async () => {
    expect((await viewed.session.parts(['masked'])).items.map(({ summary }) => summary)).toEqual(['1', 'masked']);
    expect((await viewed.session.parts(['matrix', 0])).items.map(({ summary }) => summary)).toEqual(['1', '2']);
    expect(await partsOf('record')).toEqual(["n['n']", "s['s']"]);
    expect(await partsOf('lazy')).toEqual([]);
  });
});
