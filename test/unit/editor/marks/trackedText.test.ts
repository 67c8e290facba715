import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellPlaceIn } from '../../../../src/editor/cellEdits/cellPlace.js';
import { moveCellDown } from '../../../../src/editor/cellEdits/moveCell.js';
import type { DocumentChange } from '../../../../src/text/documentChange.js';
import { followText, textOfLines, type TrackedText } from '../../../../src/text/trackedText.js';
import { apply, changesOf } from '../cellEdits/edited.js';
import { languageNamed } from '../languageNamed.js';

const documentOf = (text: string) => {
  const lines = text.split('\n');
  return { lineCount: lines.length, lineText: (line: number) => lines[line] ?? '' };
};

function track(text: string, firstLine: number, lastLine = firstLine): TrackedText {
  const own = textOfLines(documentOf(text), firstLine, lastLine);
  const lines = { firstLine, lastLine, lastCharacter: own.split('\n').at(-1)?.length ?? 0 };
  return { lines, text: own, isStale: false };
}

/** The changes of VS Code's Move Line Down, Alt+Down: the line below goes above. */
function lineDown(text: string, first: number, last = first): DocumentChange[] {
  const lines = text.split('\n');
  const end = { line: last, character: lines[last]?.length ?? 0 };
  const below = { line: last + 1, character: lines[last + 1]?.length ?? 0 };
  const above = { line: first, character: 0 };
  return [
    { range: { start: end, end: below }, text: '' },
    { range: { start: above, end: above }, text: `${lines[last + 1] ?? ''}\n` },
  ];
}

/** The changes of VS Code's Move Line Up, Alt+Up: the line above goes below. */
function lineUp(text: string, first: number, last = first): DocumentChange[] {
  const lines = text.split('\n');
  const end = { line: last, character: lines[last]?.length ?? 0 };
  return [
    { range: { start: end, end }, text: `\n${lines[first - 1] ?? ''}` },
    { range: { start: { line: first - 1, character: 0 }, end: { line: first, character: 0 } }, text: '' },
  ];
}

/** The text after changes, and what is tracked in it, as `first-last`, with `!` if it is stale. */
function after(text: string, changes: readonly DocumentChange[], tracked: readonly TrackedText[]) {
  const changed = changes.reduce(apply, text);
  const followed = tracked.map((each) => followText(each, changes, documentOf(changed)));
  return { text: changed, followed, shown: followed.map(shown) };
}

function shown(tracked: TrackedText | undefined): string {
  if (!tracked) return 'gone';
  const { firstLine, lastLine } = tracked.lines;
  return `${String(firstLine)}-${String(lastLine)}${tracked.isStale ? '!' : ''}`;
}

describe('followText', () => {
  const TEXT = 'a\nb\nc\nd';
  const both = [track(TEXT, 1), track(TEXT, 2)];

  it.each([
    ['down', lineDown(TEXT, 1)],
    ['up', lineUp(TEXT, 2)],
  ])('keeps a line that is moved %s and its neighbour apart', (_, changes) => {
    expect(after(TEXT, changes, both).shown).toEqual(['2-2', '1-1']);
  });

  it.each([
    ['down', lineDown, 0, ['1-1', '0-2!']],
    ['up', lineUp, 3, ['2-2', '1-3!']],
  ] as const)('keeps the lines between which another one is moved %s, and what they were', (_, move, line, between) => {
    const text = line === 0 ? 'x\nb\nc\nd' : 'a\nb\nc\nx';
    const block = line === 0 ? track(text, 1, 2) : track(text, 1, 2);
    const first = after(text, move(text, line), [track(text, line), block]);
    expect(first.shown).toEqual(between);
    const intruder = first.followed[0]?.lines.firstLine ?? 0;
    const second = after(
      first.text,
      move(first.text, intruder),
      first.followed.flatMap((each) => each ?? []),
    );
    expect(second.shown).toEqual(line === 0 ? ['2-2', '0-1'] : ['1-1', '2-3']);
  });

  it('finds each of several equal lines that are moved', () => {
    const text = 'x\ny\ny\ny\nz';
    const marks = [1, 2, 3].map((line) => track(text, line));
    expect(after(text, lineDown(text, 1, 3), marks).shown).toEqual(['2-2', '3-3', '4-4']);
    expect(after(text, lineDown(text, 2), marks).shown).toEqual(['1-1', '3-3', '2-2']);
  });

  it('keeps lines that several cursors move at once, each with what belongs to it', () => {
    const text = 'a\nb\nc\nd\ne\nf';
    const marks = [0, 1, 2, 3, 4, 5].map((line) => track(text, line));
    const down = [...lineDown(text, 3), ...lineDown(text, 0)];
    expect(after(text, down, marks).shown).toEqual(['1-1', '0-0', '2-2', '4-4', '3-3', '5-5']);
    const up = [...lineUp(text, 5), ...lineUp(text, 3), ...lineUp(text, 1)];
    expect(after(text, up, marks).shown).toEqual(['1-1', '0-0', '3-3', '2-2', '5-5', '4-4']);
    const equal = 'x\nx\nx\nx\ny\ny';
    const same = [0, 1, 2, 3, 4, 5].map((line) => track(equal, line));
    const [downOnce, downAgain] = [lineDown(equal, 2), lineDown(equal, 0)];
    expect(after(equal, [...downOnce, ...downAgain], same).shown).toEqual(['1-1', '0-0', '3-3', '2-2', '4-4', '5-5']);
  });

  it('calls a text stale after an edit, also when it is moved, until the edit is undone', () => {
    const at = { line: 1, character: 1 };
    const edit = after(TEXT, [{ range: { start: at, end: at }, text: '!' }], [track(TEXT, 1)]);
    const move = after(
      edit.text,
      lineDown(edit.text, 1),
      edit.followed.flatMap((each) => each ?? []),
    );
    expect([edit.shown, move.shown]).toEqual([['1-1!'], ['2-2!']]);
    const range = { start: { line: 2, character: 1 }, end: { line: 2, character: 2 } };
    expect(
      after(
        move.text,
        [{ range, text: '' }],
        move.followed.flatMap((each) => each ?? []),
      ).shown,
    ).toEqual(['2-2']);
  });

  it('does not follow what is cut, nor what is replaced', () => {
    const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
    expect(after('a\nb\nb', [{ range, text: '' }], [track('a\nb\nb', 1)]).shown).toEqual(['gone']);
  });

  it.each([
    ['are sorted', 'c\nb\na\nd', 'a\nb\nc\nd', ['2-2', '1-1', '0-0', '3-3']],
    ['are written by another program', 'a\nb\nc\nd', 'A\nnew\nb\nc\nD', ['0-4!', '2-2', '3-3', '0-4!']],
    ['are equal', 'x\nb\nx\na', 'a\nb\nx\nx', ['2-2', '1-1', '2-2', '0-0']],
  ])('finds lines again that %s: in one change of all', (_, before, now, expected) => {
    const range = { start: { line: 0, character: 0 }, end: { line: 3, character: 1 } };
    const marks = [0, 1, 2, 3].map((line) => track(before, line));
    const changed = after(before, [{ range, text: now }], marks);
    expect(changed.shown).toEqual(expected);
    const end = { line: now.split('\n').length - 1, character: 1 };
    const back = [{ range: { start: range.start, end }, text: before }];
    const whole = changed.followed.flatMap((each) => (each && !each.isStale ? each : []));
    expect(after(now, back, whole).followed.every((each) => each?.isStale === false)).toBe(true);
  });

  it('keeps what belongs to the statements of cells that change places', () => {
    const text = '# %% a\nx = 1\nx\n\n# %% b\nx\ndef f():\n    x\n';
    const place = cellPlaceIn(languageNamed('python'), text, { line: 0, character: 0 }, {});
    const edit = place && moveCellDown(place);
    const marks = [track(text, 1), track(text, 2), track(text, 5), track(text, 6, 7)];
    expect(after(text, edit ? changesOf(text, edit) : [], marks).shown).toEqual(['6-6', '7-7', '1-1', '2-3']);
  });

  it('keeps every text that is whole, whatever is moved past it, line by line', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 6 });
    const moves = fc.array(fc.record({ block: fc.nat(5), isDown: fc.boolean(), steps: fc.nat(5) }));
    fc.assert(
      fc.property(sizes, moves, (lengths, all) => {
        let next = 0;
        const blocks = lengths.map((size) => ({ first: next, last: (next += size) - 1 }));
        let text = Array.from({ length: next }, (_, line) => `line ${String(line)};`).join('\n');
        let tracked = blocks.map(({ first, last }) => track(text, first, last));
        for (const { block, isDown, steps } of all) {
          for (let step = 0; step < steps; step++) {
            const { lines, isStale } = tracked[block % tracked.length] ?? { isStale: true };
            if (!lines || isStale || (isDown ? lines.lastLine + 1 >= next : lines.firstLine === 0)) continue;
            const moved = after(text, (isDown ? lineDown : lineUp)(text, lines.firstLine, lines.lastLine), tracked);
            ({ text } = moved);
            tracked = moved.followed.flatMap((each) => each ?? []);
            expectAllWhole(text, tracked, blocks.length);
          }
        }
      }),
    );
  });
});

function expectAllWhole(text: string, tracked: readonly TrackedText[], count: number) {
  expect(tracked).toHaveLength(count);
  for (const { text: own, lines, isStale } of tracked) {
    const isWhole = text.includes(own);
    expect(isStale).toBe(!isWhole);
    if (isWhole) expect(textOfLines(documentOf(text), lines.firstLine, lines.lastLine)).toBe(own);
  }
}
