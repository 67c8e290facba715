import { afterAll, beforeAll, expect, test } from 'vitest';
import { pythonWith } from '../../support/pythons.js';
import { Viewed } from '../../support/viewedData.js';

const python = pythonWith('numpy', 'pandas', 'polars', 'pyarrow');
const viewed = new Viewed();
beforeAll(() => viewed.start(python ? { interpreter: python.executable } : {}));
afterAll(() => viewed.session.exit());

/** The file of the rows that a grid shows, once it has been taken in pieces. */
async function saved(name: string, steps: object = {}): Promise<Buffer> {
  const of = { name, path: [] };
  const { size = 0 } = await viewed.ask(of, { ask: 'parquet', ...steps });
  const pieces: Buffer[] = [];
  for (let offset = 0; offset < size; offset += pieces.at(-1)?.length ?? size) {
    pieces.push(Buffer.from((await viewed.ask(of, { ask: 'piece', offset })).piece ?? '', 'base64'));
  }
  const all = Buffer.concat(pieces);
  expect(all.length).toBe(size);
  expect((await viewed.ask(of, { ask: 'piece', offset: 0 })).piece).toBe('');
  return all;
}

test.skipIf(!python).each([
  ['pandas', 'pd.DataFrame(made)'],
  ['polars', 'pl.DataFrame(made)'],
  ['Arrow', 'pa.table(made)'],
])('%s writes the rows that the grid shows as Parquet, in pieces', async (_name, source) => {
  await viewed.run(`
import base64, io, pandas as pd, polars as pl, pyarrow as pa
made = {'n': list(range(800_000)), 's': [str(x * 7919) for x in range(800_000)]}
table = ${source}`);
  const read = async (file: Buffer, what: string): Promise<unknown> => {
    await viewed.run(`read = pl.read_parquet(io.BytesIO(base64.b64decode('${file.toString('base64')}')))`);
    return viewed.session.evaluate(what);
  };
  const file = await saved('table');
  expect(file.length).toBeGreaterThan(3 << 20);
  expect(file.subarray(0, 4).toString()).toBe('PAR1');
  expect(file.subarray(-4).toString()).toBe('PAR1');
  const filters = [{ column: 0, test: 'less', value: '3' }];
  const few = await saved('table', { filters, sort: [{ column: 0, descending: true }] });
  expect(await read(few, "[read['n'].to_list(), read['s'].to_list()]")).toEqual([
    [2, 1, 0],
    ['15838', '7919', '0'],
  ]);
});

test('what no library writes is said', async () => {
  await viewed.run('rows = [{"a": 1}]');
  const answer = await viewed.ask({ name: 'rows', path: [] }, { ask: 'parquet' });
  expect(answer).toEqual({ problem: 'parquet', type: 'list' });
});
