import { readdirSync, readlinkSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Display } from '../../../src/engine/output/keptDisplay.js';
import { OutputBudget } from '../../../src/engine/output/outputBudget.js';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import type { Output } from '../../../src/protocol/output.js';
import { eventually } from '../../support/eventually.js';

const mebibyte = 1 << 20;

let lastId = 0;
const newWriter = (budget: OutputBudget): ResultsWriter =>
  new ResultsWriter({ id: ++lastId, executionCount: lastId, budget });

/** Writes whole mebibytes, each filled with another letter. */
function fill(writer: ResultsWriter, mebibytes: number, stream: 0 | 1 = 0): void {
  const piece = Buffer.alloc(1 << 16);
  for (let at = 0; at < mebibytes * mebibyte; at += piece.length) {
    writer.append(stream, piece.fill(97 + (Math.floor(at / mebibyte) % 26)));
  }
}

function filled(mebibytes: number): Buffer {
  return Buffer.concat(Array.from({ length: mebibytes }, (_, count) => Buffer.alloc(mebibyte, 97 + (count % 26))));
}

/** The number of open files with spilled output, also those of other tests; 0 where the system does not tell. */
function openFiles(): number {
  if (process.platform !== 'linux') return 0;
  return readdirSync('/proc/self/fd').filter((name) => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`).includes('extsession-output-');
    } catch {
      return false; // closed in the meantime
    }
  }).length;
}

describe('the memory of all output', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('stays within the budget, however many commands there are, and all of it can still be read', () => {
    const budget = new OutputBudget(8 * mebibyte);
    const all = Array.from({ length: 30 }, () => {
      const writer = newWriter(budget);
      fill(writer, 2);
      expect(budget.held).toBeLessThanOrEqual(budget.bytes);
      return writer.results;
    });
    expect(budget.spilled).toBeGreaterThanOrEqual(52 * mebibyte);
    for (const results of all) {
      expect(filled(2).equals(results.bytes('stdout'))).toBe(true);
      expect(results.stdout).toBe(filled(2).toString());
      expect(results.outputs).toEqual([{ type: 'stream', name: 'stdout', text: filled(2).toString() }]);
      expect(budget.held).toBeLessThanOrEqual(budget.bytes);
    }
    for (const results of all) results.dispose();
    expect([budget.held, budget.spilled]).toEqual([0, 0]);
  });

  it('moves the oldest output to disk first', () => {
    const budget = new OutputBudget(8 * mebibyte);
    const [oldest, newer] = [newWriter(budget), newWriter(budget)];
    fill(oldest, 3);
    fill(newer, 3);
    expect(budget.spilled).toBe(0);
    fill(newWriter(budget), 3);
    const { held, spilled } = budget;
    expect(spilled).toBeGreaterThan(0);
    oldest.results.dispose();
    expect(budget.spilled).toBe(0);
    expect(held - budget.held).toBeLessThan(3 * mebibyte);
    newer.results.dispose();
  });

  it('is counted for both streams and for small commands, which share a file', () => {
    const before = openFiles();
    const budget = new OutputBudget(mebibyte);
    const all = Array.from({ length: 2000 }, (_, count) => {
      const writer = newWriter(budget);
      writer.append(0, Buffer.from(`out ${String(count)}`));
      writer.append(1, Buffer.from(`err ${String(count)}`));
      return writer.results;
    });
    expect(budget.held).toBeLessThanOrEqual(budget.bytes);
    expect(budget.spilled).toBeGreaterThan(0);
    expect(all.map(({ stdout, stderr }) => `${stdout}, ${stderr}`)).toEqual(
      all.map((_, count) => `out ${String(count)}, err ${String(count)}`),
    );
    expect(openFiles()).toBeLessThanOrEqual(before + 1);
    for (const results of all) results.dispose();
    expect(openFiles()).toBeLessThanOrEqual(before);
  });

  it('is read as it was written, in whatever order commands write, are read and disposed of', () => {
    const step = fc.record({
      command: fc.nat(3),
      stream: fc.constantFrom(0 as const, 1 as const),
      text: fc.string({ unit: 'binary', maxLength: 3000 }),
      reads: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(20_000), (steps, bytes) => {
        const budget = new OutputBudget(bytes + 1);
        const all = Array.from({ length: 4 }, () => ({ writer: newWriter(budget), texts: ['', ''], heard: '' }));
        for (const each of all) {
          each.writer.results.onDidReceiveOutput(
            (output) => (each.heard += output.type === 'stream' ? output.text : ''),
          );
        }
        let heard = ['', '', '', ''];
        for (const { command, stream, text, reads } of steps) {
          const each = all[command];
          if (!each) continue;
          each.writer.append(stream, Buffer.from(text));
          each.texts[stream] = `${each.texts[stream] ?? ''}${Buffer.from(text).toString()}`;
          heard = heard.map((one, index) => (index === command ? one + Buffer.from(text).toString() : one));
          if (reads) expect([each.writer.results.stdout, each.writer.results.stderr]).toEqual(each.texts);
        }
        expect(all.map(({ heard: own }) => own)).toEqual(heard);
        for (const { writer, texts } of all) {
          const { results } = writer;
          const read = [...results.pieces()].map((output) => (output.type === 'stream' ? output.text : '')).join('');
          expect(read.length).toBe(texts.join('').length);
          expect([results.stdout, results.stderr]).toEqual(texts);
          results.dispose();
        }
        expect([budget.held, budget.spilled]).toEqual([0, 0]);
      }),
    );
  });

  it('lets an iteration go on while its output moves to disk', async () => {
    const budget = new OutputBudget(2 * mebibyte);
    const writer = newWriter(budget);
    const { results } = writer;
    fill(writer, 4);
    let read = '';
    for await (const output of results) {
      if (output.type === 'stream') read += output.text;
      if (read.length === 2 * mebibyte) fill(newWriter(budget), 4);
      if (read.length === 4 * mebibyte) writer.settle({ status: 'cancelled', executionCount: 1, durationMs: 0 });
    }
    expect(read).toBe(filled(4).toString());
    results.dispose();
  });

  it('is given back when results that were not disposed of cannot be reached any more', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const budget = new OutputBudget(mebibyte);
    (() => {
      fill(newWriter(budget), 4);
    })();
    expect(budget.held + budget.spilled).toBeGreaterThanOrEqual(4 * mebibyte);
    await eventually(() => {
      collect();
      expect([budget.held, budget.spilled]).toEqual([0, 0]);
    });
  });

  it('must be a positive number of bytes', () => {
    for (const bytes of [0, -1, Number.NaN]) expect(() => new OutputBudget(bytes)).toThrow(RangeError);
  });
});

describe('displays', () => {
  const image = (number: number, more = {}): Display => ({
    type: 'display_data',
    data: { 'image/png': String(number).padStart(1 << 18, 'A'), 'application/json': { number } },
    ...more,
  });

  it('count for the budget, and are read back from disk in their place', async () => {
    const budget = new OutputBudget(2 * mebibyte);
    const writer = newWriter(budget);
    const expected: Output[] = [];
    for (let number = 0; number < 40; number++) {
      writer.append(0, Buffer.from(`${String(number)}\n`));
      writer.add(image(number));
      expected.push({ type: 'stream', name: 'stdout', text: `${String(number)}\n` }, image(number));
      expect(budget.held).toBeLessThanOrEqual(budget.bytes);
    }
    expect(budget.spilled).toBeGreaterThanOrEqual(8 * mebibyte);
    expect(writer.results.outputs).toEqual(expected);
    expect([...writer.results.pieces()]).toEqual(expected);
    writer.settle({ status: 'cancelled', executionCount: 1, durationMs: 0 });
    const read: Output[] = [];
    for await (const output of writer.results) read.push(output);
    expect(read).toEqual(expected);
    writer.results.dispose();
    expect([budget.held, budget.spilled]).toEqual([0, 0]);
  });

  it('can be replaced and cleared when they are on disk', () => {
    const budget = new OutputBudget(mebibyte);
    const writer = newWriter(budget);
    for (let number = 0; number < 8; number++) writer.add(image(number, { displayId: `id ${String(number)}` }));
    expect(budget.spilled).toBeGreaterThan(0);
    writer.update('id 0', { 'text/plain': 'new' });
    const [first, second] = writer.results.outputs;
    expect(first).toEqual({ type: 'display_data', data: { 'text/plain': 'new' }, displayId: 'id 0' });
    expect(second).toEqual(image(1, { displayId: 'id 1' }));
    writer.clear({ wait: false });
    expect([writer.results.outputs, budget.held]).toEqual([[], 0]);
    writer.results.dispose();
  });

  it('that cannot be written stay in memory, and do not keep others from moving to disk', () => {
    const budget = new OutputBudget(mebibyte);
    const writer = newWriter(budget);
    let nested: unknown = 'A'.repeat(1 << 18);
    for (let depth = 0; depth < 50_000; depth++) nested = [nested];
    writer.add({ type: 'display_data', data: { 'application/json': nested } });
    for (let number = 0; number < 8; number++) writer.add(image(number));
    expect(budget.held).toBeLessThanOrEqual(budget.bytes);
    const { outputs } = writer.results;
    expect(outputs.map(({ type }) => type)).toEqual(Array.from({ length: 9 }, () => 'display_data'));
    expect(outputs.slice(1)).toEqual(Array.from({ length: 8 }, (_, number) => image(number)));
    writer.results.dispose();
  });
});

describe('when nothing can be written to disk', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('all that fits in memory is kept, and the command whose output does not fit gets an error', () => {
    vi.stubEnv('TMPDIR', '/proc/nowhere');
    const budget = new OutputBudget(4 * mebibyte);
    const writers = [newWriter(budget), newWriter(budget)] as const;
    fill(writers[0], 1);
    fill(writers[1], 3);
    const [one, other] = [writers[0].results, writers[1].results];
    expect(budget.held).toBeLessThanOrEqual(budget.bytes);
    expect(filled(1).equals(one.bytes('stdout'))).toBe(true);
    expect(one.outputs.map(({ type }) => type)).toEqual(['stream']);
    expect(budget.bytes - budget.held).toBeLessThanOrEqual(1 << 16);
    const kept = other.bytes('stdout');
    expect(kept.length).toBeGreaterThan(mebibyte);
    expect(filled(3).subarray(0, kept.length).equals(kept)).toBe(true);
    const errors = other.outputs.filter((output) => output.type === 'error');
    expect(errors).toMatchObject([{ name: 'OutputLost', message: expect.stringMatching(/4 MiB.*ENOENT/) as string }]);
    for (const results of [one, other]) results.dispose();
  });

  it('output moves to disk again as soon as there is room', () => {
    const budget = new OutputBudget(2 * mebibyte);
    const writer = newWriter(budget);
    const { results } = writer;
    vi.stubEnv('TMPDIR', '/proc/nowhere');
    fill(writer, 3);
    expect(budget.spilled).toBe(0);
    vi.unstubAllEnvs();
    const later = performance.now() + 10_000;
    vi.spyOn(globalThis.performance, 'now').mockReturnValue(later);
    fill(writer, 3);
    expect(budget.spilled).toBeGreaterThan(0);
    expect(results.stdout.endsWith(filled(3).toString())).toBe(true);
    results.dispose();
  });
});
