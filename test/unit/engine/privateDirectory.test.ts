import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makePrivateDirectory } from '../../../src/engine/link/privateDirectory.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'extsession-private-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a directory is made in the first place that will do, and is empty', () => {
  const strange = path.join(folder, 'line\nbreak');
  mkdirSync(strange);
  const { path: directory, ward } = makePrivateDirectory([strange, path.join(folder, 'gone'), folder]);
  expect(path.dirname(directory)).toBe(folder);
  expect(readdirSync(directory)).toEqual([]);
  expect(readdirSync(strange)).toEqual([]);
  ward.release();
});

test('where no place will do, the error names each with its reason', () => {
  const [gone, long] = [path.join(folder, 'gone'), path.join(folder, 'x'.repeat(120))];
  expect(() => makePrivateDirectory([gone, long, '/proc'])).toThrow(
    expect.objectContaining({
      code: 'EVALUATOR_START_FAILED',
      message: expect.stringContaining('TMPDIR') as string,
      output: expect.stringMatching(/gone: ENOENT[^]*too long for a socket[^]*\/proc: /) as string,
    }) as Error,
  );
  expect(existsSync(gone)).toBe(false);
});
