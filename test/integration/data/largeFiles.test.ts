import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { dataAnswerSchema } from '../../../src/protocol/data.js';
import { pythonWith } from '../../support/pythons.js';
import { never, Viewed } from '../../support/viewedData.js';

const viewed = new Viewed();
const library = pythonWith('polars', 'pandas', 'pyarrow');
const folder = mkdtempSync(path.join(tmpdir(), 'extsession-large-'));
const file = path.join(folder, 'large.csv');
const MEGABYTES = 230;
const isMapped = async (): Promise<unknown> =>
  viewed.session.evaluate("any('.arrow (deleted)' in line for line in open('/proc/self/maps'))");

describe.skipIf(!library || process.platform !== 'linux')('a file that is large', () => {
  beforeAll(() => {
    const rows = Array.from({ length: 1024 }, (_, row) => `${String(row)},${'x'.repeat(1020)}\n`).join('');
    const handle = openSync(file, 'w');
    writeSync(handle, 'number,text\n');
    for (let written = 0; written < MEGABYTES; written++) writeSync(handle, rows);
    closeSync(handle);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test.each(['polars', 'pyarrow', 'pandas'])('is mapped for as long as its tab is open, with %s', async (name) => {
    await viewed.start(library ? { interpreter: library.executable, env: { TMPDIR: folder } } : {});
    try {
      await viewed.run(`import ${name}`);
      const request = { ask: 'open', location: file } as const;
      const { kept = 0 } = v.parse(dataAnswerSchema, await viewed.session.data(request, never()));
      const { window } = await viewed.ask({ kept }, { rows: [100 * 1024 + 7, 100 * 1024 + 9], columns: [0, 1] });
      expect([window?.rows, window?.cells]).toEqual([MEGABYTES * 1024, [['7', '8']]]);
      expect(await isMapped()).toBe(true);
      const filters = [{ column: 0, test: 'equals', value: '5' }];
      expect((await viewed.ask({ kept }, { filters })).window?.rows).toBe(MEGABYTES);
      await viewed.session.data({ ask: 'release', of: { kept } }, never());
      await expect.poll(isMapped).toBe(false);
      expect(readdirSync(folder).filter((each) => each.endsWith('.arrow'))).toEqual([]);
    } finally {
      await viewed.session.exit();
    }
  });
});
