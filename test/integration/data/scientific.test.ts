import { afterAll, beforeAll, expect, test } from 'vitest';
import { Viewed } from '../../support/viewedData.js';
import { withPackages } from '../../support/withPackages.js';

/* Each library is read by its own metadata: sparse matrices of SciPy, arrays of xarray, tensors of torch. */

const viewed = new Viewed();

withPackages(['numpy', 'scipy'], (interpreter) => {
  beforeAll(() => viewed.start({ interpreter }));
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

withPackages(['numpy', 'pandas', 'xarray'], (interpreter) => {
  beforeAll(() => viewed.start({ interpreter }));
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

withPackages(['numpy', 'pandas', 'xarray'], (interpreter) => {
  beforeAll(() => viewed.start({ interpreter }));
  afterAll(() => viewed.session.exit());

  test('are seen a variable at a time', async () => {
    await viewed.run(`
import numpy as np, xarray as xr
weather = xr.Dataset(
    {'rain': ('day', [0.5, 2.0]), 'heat': (('day', 'x', 'y'), np.arange(24).reshape(2, 3, 4)), 'height': 7},
    coords={'day': [10, 11]})`);
    const rain = await viewed.window('weather');
    expect([rain.choices, rain.index, rain.cells]).toEqual([
      ['rain', 'heat', 'height', 'day'],
      [['10', '11']],
      [['0.5', '2.0']],
    ]);
    const heat = await viewed.window('weather', { choice: 1, at: [1] });
    expect([heat.shape, heat.cells[0]]).toEqual([
      [2, 3, 4],
      ['12', '16', '20'],
    ]);
    expect((await viewed.window('weather', { choice: 2 })).cells).toEqual([['7']]);
    const filters = [{ column: 0, test: 'more', value: '1' }];
    expect((await viewed.window('weather', { filters })).positions).toEqual([1]);
    const { items } = await viewed.session.parts(['weather'], { start: 0, count: 10 });
    expect(items.map(({ name, code }) => [name, code])).toContainEqual(['rain', "['rain']"]);
  });
});

withPackages(['numpy', 'torch'], (interpreter) => {
  beforeAll(() => viewed.start({ interpreter }));
  afterAll(() => viewed.session.exit());

  test('are seen as arrays, also of numbers that NumPy does not have', async () => {
    await viewed.run(`
import torch
plane = torch.tensor([[1, 2], [3, 4]])
weights = torch.nn.Parameter(torch.tensor([0.5, float('nan')]))
cube = torch.arange(24).reshape(2, 3, 4)
half = torch.tensor([[0.1, 2.0], [3.0, float('nan')]], dtype=torch.bfloat16)
pieces = torch.zeros(3).to_sparse()`);
    expect((await viewed.window('plane')).cells).toEqual([
      ['1', '3'],
      ['2', '4'],
    ]);
    expect((await viewed.window('weights')).cells).toEqual([['0.5', ['m', 'NaN']]]);
    expect((await viewed.window('cube', { at: [1] })).cells[0]).toEqual(['12', '16', '20']);
    const half = await viewed.window('half', { sort: [{ column: 1, descending: true }] });
    expect([half.heads[0], half.cells]).toEqual([
      ['[0]', 'bfloat16', 'n'],
      [
        ['0.100097656', '3.0'],
        ['2.0', ['m', 'NaN']],
      ],
    ]);
    expect((await viewed.ask({ name: 'half', path: [] }, { ask: 'statistics', column: 0 })).statistics?.missing).toBe(
      0,
    );
    expect(await viewed.ask({ name: 'pieces', path: [] })).toMatchObject({ problem: 'unsupported' });
    const filters = [{ column: -1, test: 'expression', value: 'value[:, 0] > 2' }];
    expect((await viewed.window('plane', { filters })).positions).toEqual([1]);
  });
});
