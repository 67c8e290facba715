import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SpillingBytes } from '../../../src/engine/output/spillingBytes.js';

const chunks = fc.array(fc.uint8Array({ maxLength: 9000 }), { maxLength: 12 });

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
        const log = new SpillingBytes(inMemory);
        for (const part of parts) log.append(part);
        const all = Buffer.concat(parts);
        const [start, end] = [Math.min(one, other), Math.min(Math.max(one, other), all.length)];
        expect(log.length).toBe(all.length);
        expect(contents(log).equals(all)).toBe(true);
        expect(contents(log, start, end).equals(all.subarray(start, end))).toBe(true);
      }),
    );
  });

  it('leaves views that were handed out as they were, whatever is appended later', () => {
    const log = new SpillingBytes(1 << 21);
    const views: Buffer[] = [];
    for (let count = 0; count < 40; count++) {
      log.append(Buffer.alloc(1 << 18, count));
      if (count % 8 === 0) views.push(...log.views(count << 18));
    }
    expect(views.map((view) => [view.at(0), view.at(-1)])).toEqual([0, 8, 16, 24, 32].map((count) => [count, count]));
    const all = contents(log);
    expect(Array.from({ length: 40 }, (_, count) => all[count << 18])).toEqual(
      Array.from({ length: 40 }, (_, count) => count),
    );
  });

  it('leaves no file behind that has a name', () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('extsession-output-'));
    const log = new SpillingBytes(10);
    for (let count = 0; count < 20; count++) log.append(Buffer.alloc(10_000, count));
    expect(contents(log).length).toBe(200_000);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('extsession-output-'))).toEqual(before);
  });

  it('keeps all in memory when there is no room on disk', () => {
    vi.stubEnv('TMPDIR', '/nowhere');
    const log = new SpillingBytes(10);
    for (let count = 0; count < 20; count++) log.append(Buffer.alloc(10_000, count));
    expect(contents(log, 99_999, 100_001)).toEqual(Buffer.from([9, 10]));
  });
});
