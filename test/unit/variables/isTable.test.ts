import { expect, test } from 'vitest';
import { isTable, isTableAtSight } from '../../../src/variables/isTable.js';

test.each([
  ['pandas.DataFrame', '', true],
  ['pandas.core.frame.DataFrame', '', true],
  ['polars.dataframe.frame.DataFrame', '', true],
  ['pyarrow.lib.Table', '', true],
  ['xarray.core.dataset.Dataset', '', true],
  ['torch.Tensor', '', true],
  ['torch.nn.parameter.Parameter', '', true],
  ['numpy.ndarray', '', true],
  ['xarray.core.dataarray.DataArray', '', true],
  ['scipy.sparse._csr.csr_matrix', '', true],
  ['list', '[1]', true],
  ['dict', "{'a': [1, 2], 'b': 3}", true],
  ['dict', "{'a': 1}", true],
  ['Object', '{ a: 1 }', true],
  ['Map', '', true],
  ['Set', '', true],
  ['WeakMap', '', false],
  ['Trip', '', false],
  ['numpy.ma.MaskedArray', '', true],
  ['numpy.ma.core.MaskedArray', '', true],
  ['numpy.rec.recarray', '', true],
  ['pandas.MultiIndex', '', true],
  ['pandas.core.indexes.base.Index', '', true],
  ['pandas.arrays.IntegerArray', '', true],
  ['pyarrow.lib.Int64Array', '', true],
  ['collections.Counter', '', true],
  ['polars.lazyframe.frame.LazyFrame', '', false],
  ['pandas.api.typing.DataFrameGroupBy', '', false],
  ['Object', '{ a: [ 1, 2 ] }', true],
  ['Array', '[ 1 ]', true],
  ['Float64Array', '', true],
  ['Table', '[Table]', true],
  ['set', '{1}', true],
  ['geopandas.geodataframe.GeoDataFrame', '', false],
])('%s %s is a table: %s', (type, summary, expected) => {
  expect(isTable({ name: 'x', type, summary, parts: 2 })).toBe(expected);
  expect(isTable({ name: 'x', type, summary })).toBe(false);
});

test.each([
  ['list', '[1]', true],
  ['pandas.DataFrame', '', true],
  ['dict', "{'a': [1, 2], 'b': 3}", true],
  ['dict', "{'a': 1}", false],
  ['Object', '{ a: [ 1, 2 ] }', true],
  ['Object', '{ a: 1 }', false],
  ['Map', 'Map(1) { 1 => 2 }', false],
  ['collections.Counter', "{'a': 1}", false],
])('%s %s is offered as a table in an editor: %s', (type, summary, expected) => {
  expect(isTableAtSight({ name: 'x', type, summary, parts: 2 })).toBe(expected);
});
