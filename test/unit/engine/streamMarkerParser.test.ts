import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StreamMarkerParser } from '../../../src/engine/output/streamMarkerParser.js';

const TOKEN = '0123456789abcdef0123456789abcdef';
const marker = (kind: string, number: number): string => `\x1e${TOKEN}${kind}${String(number).padStart(16, '0')}`;

/** What a parser makes of the chunks: text and markers in order, adjacent text as one. */
function parsed(chunks: readonly Buffer[]): string[] {
  const events: string[] = [];
  let text = '';
  const flush = (): void => {
    if (text) events.push(text);
    text = '';
  };
  const parser = new StreamMarkerParser(TOKEN, {
    data: (bytes) => (text += bytes.toString('latin1')),
    marker: (kind, number) => {
      flush();
      events.push(`<${kind}${String(number)}>`);
    },
  });
  for (const chunk of chunks) parser.push(chunk);
  parser.flush();
  flush();
  return events;
}

function cut(bytes: Buffer, size: number): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  return chunks;
}

const lookAlike = fc.constantFrom(
  '\x1e',
  `\x1e${TOKEN}`,
  `\x1e${TOKEN}S`,
  `\x1e${TOKEN}S00000000000000x0`,
  `\x1e${TOKEN}X${'0'.repeat(16)}`,
  `\x1e\x1e${TOKEN.slice(0, 5)}`,
  TOKEN,
);
const piece = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 6 }).map((text) => ({ text })),
  lookAlike.map((text) => ({ text })),
  fc.record({ kind: fc.constantFrom('S', 'E'), number: fc.nat() }),
);

describe('the marker parser', () => {
  it('parts text from markers, wherever the bytes are cut, and takes no look-alike for one', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 1, max: 80 }), (pieces, size) => {
        const source = pieces.map((part) => ('text' in part ? part.text : marker(part.kind, part.number))).join('');
        const expected: string[] = [];
        let text = '';
        for (const part of [...pieces, { text: '' }]) {
          if ('text' in part) text += part.text;
          else {
            if (text) expected.push(text);
            text = '';
            expected.push(`<${part.kind}${String(part.number)}>`);
          }
        }
        if (text) expected.push(text);
        // A look-alike that what follows completes is a marker: such sources say nothing here.
        fc.pre(
          source.split(new RegExp(`\\x1e${TOKEN}[SE]\\d{16}`)).length ===
            pieces.filter((part) => 'kind' in part).length + 1,
        );
        expect(parsed(cut(Buffer.from(source, 'latin1'), size))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('finds a marker that is cut at any byte', () => {
    const bytes = Buffer.from(`before${marker('S', 12)}between${marker('E', 3)}after`);
    for (let at = 0; at <= bytes.length; at++) {
      expect(parsed([bytes.subarray(0, at), bytes.subarray(at)])).toEqual([
        'before',
        '<S12>',
        'between',
        '<E3>',
        'after',
      ]);
    }
  });

  it('gives back the beginning of a marker that never ends', () => {
    const beginning = marker('S', 1).slice(0, -1);
    expect(parsed([Buffer.from(`text${beginning}`)])).toEqual([`text${beginning}`]);
  });
});
