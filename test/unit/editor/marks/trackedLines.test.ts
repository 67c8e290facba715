import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followChanges } from '../../../../src/text/trackedLines.js';
import type { DocumentChange } from '../../../../src/text/documentChange.js';

const TEXT = 'zero\none\ntwo\nthree\nfour';

/** Follows lines 1 and 2 of the text through a change; gives what stands in them then. */
function after(
  start: [number, number],
  end: [number, number],
  text: string,
  source = TEXT,
  tracked: readonly [number, number] = [1, 2],
) {
  const change = changeOf(start, end, text);
  const lines = apply(source, change).split('\n');
  const [firstLine, lastLine] = tracked;
  const lastCharacter = source.split('\n')[lastLine]?.length ?? 0;
  const followed = followChanges({ firstLine, lastLine, lastCharacter }, [change], (line) => lines[line]?.length ?? 0);
  if (!followed) return 'gone';
  const own = lines.slice(followed.lines.firstLine, followed.lines.lastLine + 1).join('\n');
  return followed.isTouched ? `touched: ${own}` : own;
}

function changeOf(
  [line, character]: [number, number],
  [endLine, endCharacter]: [number, number],
  text: string,
): DocumentChange {
  return { range: { start: { line, character }, end: { line: endLine, character: endCharacter } }, text };
}

function apply(source: string, { range: { start, end }, text }: DocumentChange): string {
  const lines = source.split('\n');
  const offset = ({ line, character }: { line: number; character: number }) =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return source.slice(0, offset(start)) + text + source.slice(offset(end));
}

describe('followChanges', () => {
  it.each([
    ['text typed in a line above', after([0, 2], [0, 2], 'x'), 'one\ntwo'],
    ['lines joined above', after([0, 1], [1, 0], '', 'a\nb\none\ntwo', [2, 3]), 'one\ntwo'],
    ['a line inserted above', after([0, 0], [0, 0], 'new\n'), 'one\ntwo'],
    ['a line break typed at the end of the line above', after([0, 4], [0, 4], '\n'), 'one\ntwo'],
    ['a line inserted at its first character', after([1, 0], [1, 0], 'new\n'), 'one\ntwo'],
    ['a line deleted above', after([0, 0], [1, 0], ''), 'one\ntwo'],
    ['a line inserted below', after([3, 0], [3, 0], 'new\n'), 'one\ntwo'],
    ['a line break typed at its end', after([2, 3], [2, 3], '\n    '), 'one\ntwo'],
    ['text typed below', after([3, 1], [3, 2], 'x\ny'), 'one\ntwo'],
    ['text typed in it', after([1, 1], [1, 1], 'x'), 'touched: oxne\ntwo'],
    ['text typed at its end', after([2, 3], [2, 3], '!'), 'touched: one\ntwo!'],
    ['a line inserted in it', after([1, 3], [1, 3], '\nnew'), 'touched: one\nnew\ntwo'],
    ['a line of it deleted', after([1, 0], [2, 0], ''), 'touched: two'],
    ['its end joined with what follows', after([2, 3], [3, 0], ''), 'touched: one\ntwothree'],
    ['its beginning joined with what precedes', after([0, 4], [1, 0], ''), 'touched: zeroone\ntwo'],
    ['it indented', after([1, 0], [1, 0], '  '), 'touched:   one\ntwo'],
    ['it deleted', after([1, 0], [3, 0], ''), 'gone'],
    ['all deleted', after([0, 0], [4, 4], ''), 'gone'],
    ['all replaced', after([0, 0], [4, 4], 'a\nb'), 'touched: a\nb'],
  ])('%s', (_, actual, expected) => {
    expect(actual).toBe(expected);
  });

  it('never calls text untouched that reads otherwise', () => {
    const place = fc.tuple(fc.nat(5), fc.nat(4));
    const source = fc.array(fc.constantFrom('', 'a', 'bb', '  c'), { minLength: 6, maxLength: 6 });
    const inserted = fc.constantFrom('', 'x', '\n', 'x\n', '\nx', 'x\ny');
    fc.assert(
      fc.property(source, fc.nat(5), fc.nat(5), place, place, inserted, (lines, from, to, p, q, text) => {
        const tracked = [Math.min(from, to), Math.max(from, to)] as const;
        const inside = ([line, character]: [number, number]): [number, number] => [
          line,
          Math.min(character, lines[line]?.length ?? 0),
        ];
        const [start, end] = [inside(p), inside(q)].sort(([a, b], [c, d]) => a - c || b - d);
        const result = after(start ?? [0, 0], end ?? [0, 0], text, lines.join('\n'), tracked);
        if (result === 'gone' || result.startsWith('touched: ')) return;
        expect(result).toBe(lines.slice(tracked[0], tracked[1] + 1).join('\n'));
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves text alone that stands apart from the change', () => {
    const place = fc.tuple(fc.constantFrom(0, 1, 6, 7), fc.nat(3));
    const inserted = fc.constantFrom('', 'x', '\n', 'x\n', '\nx', 'x\ny');
    const source = ['aaa', 'bbb', 'ccc', 'ddd', 'eee', 'fff', 'ggg', 'hhh'];
    fc.assert(
      fc.property(place, place, inserted, (p, q, text) => {
        if (p[0] < 3 !== q[0] < 3) return;
        const [start, end] = p[0] < q[0] || (p[0] === q[0] && p[1] <= q[1]) ? [p, q] : [q, p];
        expect(after(start, end, text, source.join('\n'), [3, 4])).toBe('ddd\neee');
      }),
    );
  });
});
