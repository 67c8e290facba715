import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pythonWith } from '../../support/pythons.js';
import { Viewed } from '../../support/viewedData.js';

const viewed = new Viewed();
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const rich = pythonWith('numpy', 'pandas', 'polars', 'pyarrow', 'PIL');
const cellOf = async (name: string, others: object): Promise<unknown> =>
  (await viewed.ask({ name, path: [] }, { ask: 'cell', row: 0, column: 0, ...others })).cell;

describe('a cell of the data grid', () => {
  beforeAll(() => viewed.start({}));
  afterAll(() => viewed.session.exit());

  test('opens to what is in it, a page at a time, and shows long texts whole', async () => {
    await viewed.run(`
loop = []
loop.append(loop)
rows = [{'long': 'x' * 5000, 'many': list(range(250)), 'deep': {'a': [1, {'b': None}]}, 'loop': loop}, {}]`);
    expect(await cellOf('rows', {})).toEqual({ type: 'str', cell: 'x'.repeat(5000), total: 0, items: [] });
    expect(await cellOf('rows', { column: 1, start: 200 })).toMatchObject({ type: 'list', total: 250 });
    const page = (await cellOf('rows', { column: 1, start: 200 })) as { items: { name: string; summary: string }[] };
    expect([page.items.length, page.items[0]]).toMatchObject([50, { name: '[200]', summary: '200' }]);
    expect(await cellOf('rows', { column: 2, path: [0, 1] })).toMatchObject({
      type: 'dict',
      items: [{ name: "'b'", summary: 'None', type: 'NoneType' }],
    });
    expect(await cellOf('rows', { column: 3, path: Array.from({ length: 90 }, () => 0) })).toMatchObject({ total: 1 });
    expect(await cellOf('rows', { row: 1 })).toEqual({ type: '', cell: ['m', ''], total: 0, items: [] });
    expect(await viewed.ask({ name: 'rows', path: [] }, { ask: 'cell', row: 2, column: 0 })).toEqual({
      problem: 'gone',
    });
    expect(await viewed.ask({ name: 'rows', path: [] }, { ask: 'cell', row: 0, column: 2, path: [7] })).toEqual({
      problem: 'gone',
    });
  });

  test('is that of the row that the view shows', async () => {
    await viewed.run("words = [{'n': 2, 'w': ['b']}, {'n': 1, 'w': ['a']}]");
    const sort = [{ column: 0, descending: false }];
    expect(await cellOf('words', { column: 1, sort })).toMatchObject({ items: [{ summary: "'a'" }] });
  });

  test('shows the picture that its bytes are, but they are copied as bytes', async () => {
    await viewed.run(`
import base64
images = [{'image': base64.b64decode('${PNG}'), 'other': b'plain'}]
many = [{'image': base64.b64decode('${PNG}') + bytes(40_000)} for _ in range(100)]`);
    const window = await viewed.window('images');
    expect(window.cells).toEqual([[['i', `image/png;base64,${PNG}`]], [['v', "b'plain'"]]]);
    expect((await viewed.window('images', { full: true })).cells[0]?.[0]).toEqual([
      'v',
      expect.stringMatching(/^b'.x89PNG/),
    ]);
    expect(await cellOf('images', {})).toMatchObject({ type: 'bytes', image: `image/png;base64,${PNG}` });
    const marks = (await viewed.window('many')).cells[0]?.map(([mark]) => mark) ?? [];
    expect(marks.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'i'));
    expect(marks.slice(50)).toEqual(Array.from({ length: 50 }, () => 'c'));
  });
});

describe.skipIf(!rich)('cells of libraries', () => {
  beforeAll(() => viewed.start(rich ? { interpreter: rich.executable } : {}));
  afterAll(() => viewed.session.exit());

  test.each([
    ['pandas', "pd.DataFrame({'a': [[1, 2]], 'b': [{'x': 1}]})"],
    ['pandas with Arrow', "pd.DataFrame({'a': [[1, 2]], 'b': [{'x': 1}]}).convert_dtypes(dtype_backend='pyarrow')"],
    ['polars', "pl.DataFrame({'a': [[1, 2]], 'b': [{'x': 1}]})"],
    ['Arrow', "pa.table({'a': [[1, 2]], 'b': [{'x': 1}]})"],
    ['NumPy', "np.array([([1, 2], {'x': 1})], dtype=object)"],
  ])('of %s open', async (_name, made) => {
    await viewed.run(`import numpy as np, pandas as pd, polars as pl, pyarrow as pa\nframe = ${made}`);
    expect(await cellOf('frame', {})).toMatchObject({ total: 2, items: [{ summary: '1' }, { summary: '2' }] });
    expect(await cellOf('frame', { column: 1 })).toMatchObject({ type: 'dict', items: [{ name: "'x'" }] });
  });

  test('a long list in a cell is not read whole to be shown', async () => {
    await viewed.run("long = pl.DataFrame({'a': [pl.int_range(20_000_000, eager=True)]})\ntable = long.to_arrow()");
    for (const name of ['long', 'table']) {
      let quickest = Infinity;
      // One time in which the machine was busy says nothing.
      for (let times = 3; times > 0 && quickest >= 1500; times--) {
        const begun = performance.now();
        const [[cell] = []] = (await viewed.window(name)).cells;
        expect(cell).toMatchObject(['o', expect.stringMatching(/^\[0, 1, 2.*…/)]);
        quickest = Math.min(quickest, performance.now() - begun);
      }
      expect(quickest).toBeLessThan(1500);
    }
  });

  test('images of Pillow are small in cells, and a file that has not been read stays so', async () => {
    await viewed.run(`
import io, sys
from PIL import Image
target = io.BytesIO()
Image.new('RGB', (300, 200), 'red').save(target, 'PNG')
lazy = Image.open(target)
before = set(sys.modules)
frame = pd.DataFrame({'image': [Image.new('RGB', (300, 200), 'red'), lazy]})`);
    const [cells = []] = (await viewed.window('frame')).cells;
    expect(cells[0]).toEqual(['i', expect.stringMatching(/^image\/png;base64,iVBOR/)]);
    expect(Buffer.from(String(cells[0]?.[1]).split(',')[1] ?? '', 'base64').readUInt32BE(16)).toBe(64);
    expect(cells[1]).toEqual(['o', 'PIL.PngImagePlugin.PngImageFile RGB 300 x 200']);
    expect(await cellOf('frame', {})).toMatchObject({
      type: 'PIL.Image.Image',
      image: expect.stringMatching(/^image\/png/) as string,
    });
    await viewed.run(`
big = Image.new('RGB', (7000, 7000), 'blue')
odd = pd.DataFrame({'image': [Image.new('F', (30, 20)), Image.new('I;16', (30, 20)), Image.new('P', (30, 20)), *[big] * 20]})`);
    const begun = performance.now();
    const [odd = []] = (await viewed.window('odd')).cells;
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(odd.map(([mark]) => mark)).toEqual(Array.from({ length: 23 }, () => 'i'));
    const untouched = viewed.session.evaluate('lazy._im is None, sorted(set(sys.modules) - before)');
    expect(await untouched).toEqual([true, []]);
  });
});

describe('a cell of the data grid in JavaScript', () => {
  beforeAll(() => viewed.start({ evaluator: 'javascript' }));
  afterAll(() => viewed.session.exit());

  test('opens to what is in it, and shows the picture that its bytes are', async () => {
    await viewed.run(`
var rows = [{ deep: { a: [1, { b: null }] }, get no() { throw new Error('read') }, image: Buffer.from('${PNG}', 'base64') }];`);
    expect(await cellOf('rows', { path: [0, 1] })).toMatchObject({
      type: 'Object',
      items: [{ name: 'b', summary: 'null' }],
    });
    const window = await viewed.window('rows');
    expect(window.cells.at(-1)).toEqual([['i', `image/png;base64,${PNG}`]]);
    const column = window.heads.findIndex(([name]) => name === 'image');
    expect(await cellOf('rows', { column })).toMatchObject({ image: `image/png;base64,${PNG}` });
  });
});
