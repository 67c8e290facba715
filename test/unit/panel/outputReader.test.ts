import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnsiParser } from '../../../src/panel/terminal/ansiParser.js';
import { OutputReader, type ReadLine } from '../../../src/panel/terminal/outputReader.js';
import { lengthOf } from '../../../src/panel/terminal/lengthOf.js';
import { TextScreen } from '../../../src/panel/terminal/textScreen.js';
import { stripEscapes } from '../../../src/panel/terminal/stripEscapes.js';
import type { Line } from '../../../src/protocol/panelEntries.js';

function read(...chunks: readonly string[]): ReadLine[] {
  const reader = new OutputReader();
  return [...chunks.flatMap((chunk) => reader.write(chunk)), ...reader.end()];
}

/** The lines that a panel would show that keeps them all. */
function drawn(text: string): string[] {
  const screen = new TextScreen({
    headLines: 0,
    headCharacters: 10_000,
    tailLines: Infinity,
    tailCharacters: Infinity,
  });
  screen.write(text, new AnsiParser());
  const said = (line: Line): string =>
    typeof line === 'string' ? line : line.runs.map((run) => (typeof run === 'string' ? run : run[0])).join('');
  return screen.block().tail.map((line) => (lengthOf(line) === 0 ? '' : said(line)));
}

const token = fc.constantFrom(
  ...['a', 'bc', 'ü', '\t', '\n', '\r\n', '\r', '\b', '\x1b[A', '\x1b[2B', '\x1b[E', '\x1b[F'],
  ...['\x1b[K', '\x1b[1K', '\x1b[J', '\x1b[31m', '\x1b[0m', '\x1b]8;;https://a.b\x07'],
);
const terminalText = fc.array(token, { maxLength: 200 });

describe('reading output', () => {
  it('reads what the panel draws', () => {
    fc.assert(
      fc.property(terminalText, (tokens) => {
        const lines = read(tokens.join('')).map(({ text }) => text);
        // A row that only the cursor was on may be missing at the end.
        const shown = drawn(tokens.join(''));
        while (shown.at(-1) === '') shown.pop();
        while (lines.at(-1) === '') lines.pop();
        expect(lines).toEqual(shown);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads the same wherever the text is cut', () => {
    fc.assert(
      fc.property(terminalText, fc.integer({ min: 1, max: 20 }), (tokens, size) => {
        const text = tokens.join('');
        const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
          text.slice(at * size, (at + 1) * size),
        );
        expect(read(...chunks)).toEqual(read(text));
      }),
    );
  });

  it('knows where a line stands in the document of all output', () => {
    const text = 'one\r\n\x1b[1mtwo\x1b[0m\n10%\r20%\r\n\nfive';
    const document = stripEscapes(text).split(/\r\n|[\r\n]/);
    const lines = read(text);
    expect(lines.map(({ index, text: line }) => [index, line])).toEqual([
      [0, 'one'],
      [1, 'two'],
      [2, '20%'],
      [3, ''],
      [4, 'five'],
    ]);
    expect(lines.map(({ source }) => document[source.line])).toEqual(['one', 'two', '20%', '', 'five']);
  });

  it('goes on in the document where it begins anew', () => {
    const reader = new OutputReader();
    const lines = [...reader.write('one\nto'), ...reader.end(), ...reader.write('wards\n'), ...reader.end()];
    expect(lines.map(({ index, text, source }) => [index, text, source.line, source.column])).toEqual([
      [0, 'one', 0, 0],
      [1, 'to', 1, 0],
      [0, 'wards', 1, 2],
    ]);
  });

  it('gives out lines while it reads, so that it keeps few of them', () => {
    const reader = new OutputReader();
    const given = Array.from({ length: 1000 }, () => reader.write('line\n').length);
    expect(given.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(800);
  });

  it('cuts a line that is too long, and counts on', () => {
    const lines = read('x'.repeat(150_000), 'y'.repeat(150_000), '\nnext\n');
    expect(lines.map(({ text, isCut, source }) => [text.length, isCut, source.line])).toEqual([
      [100_000, true, 0],
      [4, false, 1],
    ]);
  });
});
