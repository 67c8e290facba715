import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StoredPlace, storedPlaceOf } from '../../../src/engine/output/storedBytes.js';
import { JournalFiles } from '../../../src/engine/supervised/journalFiles.js';

describe('the files of a journal', () => {
  let directory = '';
  let files = new JournalFiles('');
  const write = (number: number, bytes: Buffer): void => {
    writeFileSync(path.join(directory, `journal-${String(number)}`), bytes);
  };
  const read = (file: number, at: number, size: number): Buffer => {
    const parts: Buffer[] = [];
    for (const view of files.read({ file, at, size })) parts.push(Buffer.from(view));
    return Buffer.concat(parts);
  };

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'journal-'));
    files = new JournalFiles(directory);
  });

  afterEach(() => {
    files.dispose();
    rmSync(directory, { recursive: true, force: true });
  });

  it('are read in parts, whatever their size', () => {
    const bytes = Buffer.alloc((5 << 20) + 3, 'abc');
    write(1, bytes);
    expect(read(1, 7, bytes.length - 7).equals(bytes.subarray(7))).toBe(true);
  });

  it('are there although somebody removes them, if they were expected', () => {
    write(4, Buffer.from('four'));
    write(5, Buffer.from('five'));
    files.expect(4);
    rmSync(directory, { recursive: true });
    expect(read(4, 0, 4).toString()).toBe('four');
    expect(read(5, 1, 3).toString()).toBe('ive');
  });

  it('that nobody expects any more stay as long as their bytes are needed', () => {
    write(1, Buffer.from('first'));
    write(2, Buffer.from('second'));
    let place: StoredPlace | undefined;
    for (const view of files.read({ file: 1, at: 1, size: 4 })) place = storedPlaceOf(view.subarray(1));
    place?.file.keep(3);
    read(2, 0, 6);
    files.dispose();
    expect(place?.file.read(place.offset, 3).toString()).toBe('rst');
    place?.file.release(3);
    expect(() => place?.file.read(place.offset, 3)).toThrow(/cannot be read/u);
  });

  it.each([
    ['is not there', { file: 9, at: 0, size: 1 }],
    ['is too short', { file: 1, at: 3, size: 3 }],
    ['is no number', { file: '../x', at: 0, size: 1 }],
    ['is negative', { file: 1, at: -1, size: 1 }],
  ])('refuse what %s', (_what, reference) => {
    write(1, Buffer.from('abcd'));
    expect(() => [...files.read(reference)]).toThrow();
  });
});
