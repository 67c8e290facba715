import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FifoReader } from '../../../src/engine/link/fifoReader.js';
import { eventually } from '../../support/eventually.js';

let folder: string;
let fifo: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'extsession-fifo-'));
  fifo = path.join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function read(name: string) {
  const seen = { text: '', ends: 0, problems: [] as (Error | undefined)[] };
  const reader = new FifoReader(name, {
    data: (bytes) => (seen.text += bytes.toString()),
    end: (problem) => {
      seen.ends++;
      seen.problems.push(problem);
    },
  });
  return { seen, reader };
}

test('a name that is gone is the end, told after the reader was returned', async () => {
  const { seen } = read(path.join(folder, 'gone'));
  expect(seen.ends).toBe(0);
  await eventually(() => {
    expect(seen).toEqual({ text: '', ends: 1, problems: [undefined] });
  });
});

test('a file that can’t be opened is the end too, with the reason', async () => {
  const { seen } = read(path.join(fifo, 'inside'));
  await eventually(() => {
    expect(seen.problems).toMatchObject([{ code: 'ENOTDIR' }]);
  });
});

test('a writer that comes after another has gone is read as well', async () => {
  const { seen, reader } = read(fifo);
  for (const text of ['one ', 'two']) {
    const writer = openSync(fifo, 'w');
    writeSync(writer, text);
    closeSync(writer);
    await eventually(() => {
      expect(seen.text).toContain(text);
    });
  }
  expect(seen).toMatchObject({ text: 'one two', ends: 0 });
  reader.dispose();
});

test('once the worker is dead, a FIFO without a writer has ended, though none ever was', async () => {
  const { seen, reader } = read(fifo);
  reader.expectEnd();
  reader.drain();
  await eventually(() => {
    expect(seen).toMatchObject({ ends: 1 });
  });
});

test('once the worker is dead, a reader that finishes tells the end at once, and only once', async () => {
  const { seen, reader } = read(fifo);
  const writer = openSync(fifo, 'w');
  writeSync(writer, 'last');
  closeSync(writer);
  reader.finish();
  expect(seen).toEqual({ text: 'last', ends: 1, problems: [undefined] });
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen.ends).toBe(1);
});

test('once the worker is dead, one that somebody still holds goes on until they let go', async () => {
  const { seen, reader } = read(fifo);
  const writer = openSync(fifo, 'w');
  writeSync(writer, 'early ');
  reader.expectEnd();
  reader.drain();
  expect(seen).toMatchObject({ text: 'early ', ends: 0 });
  writeSync(writer, 'late');
  closeSync(writer);
  await eventually(() => {
    expect(seen).toMatchObject({ text: 'early late', ends: 1 });
  });
});
