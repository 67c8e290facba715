import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { OutputBudget } from '../../../src/engine/output/outputBudget.js';
import { setStoredPlace, type StoredFile } from '../../../src/engine/output/storedBytes.js';
import { SpillingBytes } from '../../../src/engine/output/spillingBytes.js';

const chunks = fc.array(fc.uint8Array({ maxLength: 9000 }), { maxLength: 12 });

/** Whose bytes stay where they are. */
const owner = { spill: () => undefined };
const newLog = (inMemory: number): SpillingBytes => new SpillingBytes(new OutputBudget().open(owner), inMemory);

const contents = (log: SpillingBytes, start?: number, end?: number): Buffer =>
  Buffer.concat([...log.views(start, end)]);

describe('a byte log', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    ['in memory', 1 << 24],
    ['on disk for the most part', 5000],
  ])('gives back any part of what was appended, %s', (_where, inMemory) => {
    fc.assert(
      fc.property(chunks, fc.nat(60_000), fc.nat(60_000), (parts, one, other) => {
        const log = newLog(inMemory);
        for (const part of parts) log.append(part);
        const all = Buffer.concat(parts);
        const [start, end] = [Math.min(one, other), Math.min(Math.max(one, other), all.length)];
        expect(log.length).toBe(all.length);
        expect(contents(log).equals(all)).toBe(true);
        expect(contents(log, start, end).equals(all.subarray(start, end))).toBe(true);
      }),
    );
  });

  it('goes on with its views where they were when bytes move to disk in between', () => {
    const log = newLog(1 << 24);
    for (let count = 0; count < 40; count++) log.append(Buffer.alloc(1 << 16, count));
    const seen: number[] = [];
    for (const view of log.views()) {
      for (let at = 0; at < view.length; at += 1 << 12) seen.push(view[at] ?? -1);
      log.spill(1 << 18);
    }
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect(new Set(seen).size).toBe(40);
  });

  it('leaves no file behind that has a name', () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('extsession-output-'));
    const log = newLog(10);
    for (let count = 0; count < 20; count++) log.append(Buffer.alloc(10_000, count));
    expect(contents(log).length).toBe(200_000);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('extsession-output-'))).toEqual(before);
  });

  it.each([
    { what: 'large parts that are in a file anyway', part: 1 << 15, inMemory: 1 << 16, copied: 1 << 16 },
    { what: 'no small parts', part: 1 << 10, inMemory: 1 << 16, copied: 1 << 19 },
    { what: 'nothing that fits into memory', part: 1 << 15, inMemory: 1 << 19, copied: 1 << 19 },
  ])('leaves in place $what', ({ part, inMemory, copied }) => {
    const all = randomBytes(1 << 19);
    let needed = 0;
    const file: StoredFile = {
      read: (offset, length) => Buffer.from(all.subarray(offset, offset + length)),
      keep: (bytes) => (needed += bytes),
      release: (bytes) => (needed -= bytes),
    };
    const account = new OutputBudget().open(owner);
    const log = new SpillingBytes(account, inMemory);
    const buffer = Buffer.allocUnsafeSlow(1 << 17);
    for (let read = 0; read < all.length; read += buffer.length) {
      all.copy(buffer, 0, read);
      setStoredPlace(buffer, { file, offset: read });
      for (let at = 0; at < buffer.length; at += part) log.append(buffer.subarray(at, at + part));
    }
    log.append(Buffer.from('the end'));
    expect(contents(log).equals(Buffer.concat([all, Buffer.from('the end')]))).toBe(true);
    expect(needed).toBe(all.length - copied);
    account.close();
    expect(needed).toBe(0);
  });

  it('keeps all in memory when there is no room on disk', () => {
    vi.stubEnv('TMPDIR', '/proc/nowhere');
    const log = newLog(10);
    for (let count = 0; count < 20; count++) log.append(Buffer.alloc(10_000, count));
    expect(contents(log, 99_999, 100_001)).toEqual(Buffer.from([9, 10]));
  });
});
