import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DataAnswer, DataPlace } from '../../../src/protocol/data.js';
import { pythonWith } from '../../support/pythons.js';
import { Viewed } from '../../support/viewedData.js';

const python = pythonWith('numpy', 'pandas', 'polars', 'pyarrow');
const viewed = new Viewed();
beforeAll(() => viewed.start(python ? { interpreter: python.executable } : {}));
afterAll(() => viewed.session.exit());

/** The file of the rows that a grid shows, once it has been taken in pieces. */
async function saved(name: string, steps: object = {}): Promise<Buffer> {
  const of = { name, path: [] };
  const made = await viewed.ask(of, { ask: 'parquet', ...steps });
  const all = await taken(of, made);
  expect(all.length).toBe(made.size);
  expect((await viewed.ask(of, { ask: 'piece', file: made.file, offset: 0 })).piece).toBe('');
  return all;
}

async function taken(of: DataPlace, { file, size = 0 }: DataAnswer): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let offset = 0; offset < size; offset += pieces.at(-1)?.length ?? size) {
    pieces.push(Buffer.from((await viewed.ask(of, { ask: 'piece', file, offset })).piece ?? '', 'base64'));
  }
  return Buffer.concat(pieces);
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

test.skipIf(!python)('two tables that are saved at the same time are two files, which go with their tabs', async () => {
  await viewed.run(`
import io, pandas as pd
one, other = pd.DataFrame({'n': [1]}), pd.DataFrame({'n': [2], 'm': [3]})
def wanted(frame):
    target = io.BytesIO()
    frame.to_parquet(target)
    return target.getvalue()`);
  const [one, other] = [
    { name: 'one', path: [] },
    { name: 'other', path: [] },
  ];
  const first = await viewed.ask(one, { ask: 'parquet' });
  const second = await viewed.ask(other, { ask: 'parquet' });
  expect(new Uint8Array(await taken(one, first))).toEqual(await viewed.session.evaluate('wanted(one)'));
  await viewed.ask(other, { ask: 'release' });
  expect((await viewed.ask(other, { ask: 'piece', file: second.file, offset: 0 })).piece).toBe('');
});
