import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { dataAnswerSchema, type DataAnswer } from '../../../src/protocol/data.js';
import { pythonWith, testPythons } from '../../support/pythons.js';
import { never, Viewed } from '../../support/viewedData.js';

const viewed = new Viewed();
const folder = mkdtempSync(path.join(tmpdir(), 'extsession-data-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const opened = async (name: string): Promise<DataAnswer> =>
  v.parse(dataAnswerSchema, await viewed.session.data({ ask: 'open', location: path.join(folder, name) }, never()));
/** The columns and the first cells of a file. */
const shown = async (name: string): Promise<unknown> => {
  const { kept = 0 } = await opened(name);
  const { window } = await viewed.ask({ kept });
  return [window?.heads.map(([head]) => head), window?.rows, window?.cells.map((column) => text(column[0]))];
};
const text = (cell: unknown): unknown => (Array.isArray(cell) ? cell[1] : cell);

const library = pythonWith('polars', 'pandas', 'pyarrow');
beforeAll(() => {
  writeFileSync(path.join(folder, 'a.csv'), '\ufeffcity,"the fare"\n"Rome, IT",7\nOslo,\n');
  writeFileSync(path.join(folder, 'b.tsv'), 'city\tfare\nRome, IT\t7\n');
  writeFileSync(path.join(folder, 'c.jsonl'), '{"city": "Rome", "n": 7}\n{"city": "Oslo", "n": null}\n');
  writeFileSync(path.join(folder, 'd.parquet'), 'no parquet');
  writeFileSync(path.join(folder, 'e.txt'), 'a,b');
  const write =
    "import polars, sys; polars.DataFrame({'x': [1, 2], 'big': [2**62 + 1, None]}).write_parquet(sys.argv[1])";
  if (library) execFileSync(library.executable, ['-c', write, path.join(folder, 'f.parquet')]);
});

const libraries = ['polars', 'pandas', 'pyarrow'].flatMap((name) =>
  library ? [{ ...library, name, source: `import ${name}` }] : [],
);
const pythons = [...testPythons().map((python) => ({ ...python, name: 'what is there', source: '' })), ...libraries];

describe.each(pythons)('files in Python $version, with $name', ({ executable, name, source }) => {
  beforeAll(async () => {
    await viewed.start({ interpreter: executable });
    await viewed.run(source);
  });
  afterAll(() => viewed.session.exit());

  test('are read as tables', async () => {
    expect(await shown('a.csv')).toEqual([['city', 'the fare'], 2, ['Rome, IT', expect.stringMatching(/^7(\.0)?$/)]]);
    expect(await shown('b.tsv')).toEqual([['city', 'fare'], 1, ['Rome, IT', '7']]);
    expect(await shown('c.jsonl')).toEqual([['city', 'n'], 2, ['Rome', expect.stringMatching(/^7(\.0)?$/)]]);
  });

  test('that are none say why', async () => {
    const why: unknown = expect.stringMatching(/\w{4}/);
    const { kept: last = 0 } = await opened('b.tsv');
    for (const file of ['d.parquet', 'e.txt', 'missing.csv'])
      expect(await opened(file), file).toMatchObject({ problem: 'file', type: why });
    expect((await opened('b.tsv')).kept).toBe(last + 1);
  });

  if (source === '') return;

  test('of Parquet are read by the library that is imported', async () => {
    const { kept = 0 } = await opened('f.parquet');
    const { window } = await viewed.ask({ kept });
    // pyarrow may import pandas by itself.
    expect(window?.type).toMatch(name === 'pyarrow' ? /^(pyarrow|pandas)\./ : new RegExp(`^${name}\\.`));
    expect([window?.rows, window?.heads.map(([head]) => head)]).toEqual([2, ['x', 'big']]);
  });
});
