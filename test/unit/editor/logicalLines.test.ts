import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLogicalLines } from '../../../src/editor/python/logicalLines.js';
import { pythonSource } from './pythonSource.js';

const pieces = [
  '"',
  "'",
  '"""',
  '(',
  ')',
  '{',
  'f"{',
  '\\',
  '#',
  ':',
  'def f',
  '@',
  'x',
  ' ',
  '\t',
  '\n',
  '\r',
  '\r\n',
];
const stretch = fc.array(fc.constantFrom(...pieces, '\n    '), { maxLength: 6 }).map((parts) => parts.join(''));
const anyText = fc.array(stretch, { maxLength: 12 }).map((parts) => parts.join(''));

/** A text, and what it becomes by one edit after the other. */
const editedText = fc.tuple(
  fc.oneof(pythonSource, anyText),
  fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(12), stretch), { minLength: 1, maxLength: 5 }),
);

describe('logical lines', () => {
  it('are the same whether a text is read as a whole or as an edit of an earlier one', () => {
    fc.assert(
      fc.property(editedText, ([text, edits]) => {
        let [now, lines] = [text, splitLogicalLines(text)];
        for (const [share, removed, inserted] of edits) {
          const start = Math.floor(share * now.length);
          now = now.slice(0, start) + inserted + now.slice(start + removed);
          lines = splitLogicalLines(now, lines);
          expect(lines).toEqual(splitLogicalLines(now));
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('are read again only where a text has changed', () => {
    const text = 'def f():\n    return 1\n\n'.repeat(1000);
    const earlier = splitLogicalLines(text);
    const later = splitLogicalLines(text.replace('1', '2'), earlier);
    const kept = new Set(earlier.logical);
    expect(later.logical.filter((line) => !kept.has(line))).toHaveLength(1);
  });
});
