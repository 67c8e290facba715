import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pythonWith } from '../../support/pythons.js';
import { Viewed } from '../../support/viewedData.js';

const viewed = new Viewed();
const sparse = pythonWith('numpy', 'scipy');
const labelled = pythonWith('numpy', 'pandas', 'xarray');

describe.skipIf(!sparse)('sparse matrices of SciPy', () => {
  beforeAll(() => viewed.start(sparse ? { interpreter: sparse.executable } : {}));
  afterAll(() => viewed.session.exit());

  test.each(['csr_matrix', 'coo_array', 'dok_matrix', 'lil_array'])('are seen as tables: %s', async (kind) => {
    await viewed.run(`
import numpy as np, scipy.sparse
dense = np.zeros((4, 5)); dense[0, 1] = 1.5; dense[2, 0] = 2; dense[2, 3] = 4
rows = scipy.sparse.${kind}(dense)`);
    const window = await viewed.window('rows', { columns: [0, 2], rows: [1, 4] });
    expect([window.rows, window.columns, window.heads[0]]).toEqual([4, 5, ['[0]', 'float64', 'n']]);
    expect(window.cells).toEqual([
      ['0.0', '2.0', '0.0'],
      ['0.0', '0.0', '0.0'],
    ]);
    const filters = [{ column: 0, test: 'more', value: '1' }];
    expect((await viewed.window('rows', { filters })).positions).toEqual([2]);
    const { statistics } = await viewed.ask({ name: 'rows', path: [] }, { ask: 'statistics', column: 0 });
    expect(statistics?.top).toEqual([
      ['0.0', 3],
      ['2.0', 1],
    ]);
    const listed = await viewed.session.variables({ details: true });
    expect(listed.find(({ name }) => name === 'rows')).toMatchObject({ size: '4 x 5' });
  });
});

describe.skipIf(!labelled)('arrays of xarray', () => {
  beforeAll(() => viewed.start(labelled ? { interpreter: labelled.executable } : {}));
  afterAll(() => viewed.session.exit());

  test('are seen with their coordinates, those of more dimensions by slices', async () => {
    await viewed.run(`
import numpy as np, xarray as xr
plane = xr.DataArray([[1, 2], [3, 4]], dims=('city', 'year'), coords={'city': ['Rome', 'Oslo'], 'year': [2023, 2024]})
line = xr.DataArray([0.5, np.nan], dims='x', name='height')
cube = xr.DataArray(np.arange(24).reshape(2, 3, 4))`);
    const plane = await viewed.window('plane');
    expect([plane.heads.map(([name]) => name), plane.index, plane.cells]).toEqual([
      ['2023', '2024'],
      [['Rome', 'Oslo']],
      [
        ['1', '3'],
        ['2', '4'],
      ],
    ]);
    expect((await viewed.window('line')).cells).toEqual([['0.5', ['m', 'NaN']]]);
    const cube = await viewed.window('cube', { at: [1] });
    expect([cube.shape, cube.cells[0]]).toEqual([
      [2, 3, 4],
      ['12', '16', '20'],
    ]);
    const listed = await viewed.session.variables({ details: true });
    expect(listed.find(({ name }) => name === 'cube')).toMatchObject({ size: '2 x 3 x 4' });
  });
});
