import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readTextFile } from '../../../src/host/readTextFile.js';

const folder = mkdtempSync(path.join(tmpdir(), 'extsession-read-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('reads a file of the workspace up to a size', async () => {
  const file = path.join(folder, '.env');
  writeFileSync(file, 'A=é');
  expect(await readTextFile(file, 4)).toBe('A=é');
  await expect(readTextFile(file, 3)).rejects.toThrow('more than 3 bytes');
  await expect(readTextFile(path.join(folder, 'missing'), 3)).rejects.toMatchObject({ code: 'ENOENT' });
});

test.skipIf(process.platform === 'win32')('does not wait for what a FIFO may say', async () => {
  const fifo = path.join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  await expect(readTextFile(fifo, 100)).rejects.toThrow('not a regular file');
});
