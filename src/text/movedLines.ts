import type { DocumentChange } from './documentChange.js';

/** Lines that were taken out in one place and put in somewhere else. */
export interface MovedLines {
  /** The first of them before the changes. */
  readonly from: number;
  /** Where they stand after the changes. */
  readonly to: { readonly firstLine: number; readonly count: number };
}

/**
 * The lines that simultaneous changes move, as VS Code's Move Line Down does: it deletes lines and inserts as many, for
 * each cursor.
 */
export function movedLinesOf(changes: readonly DocumentChange[]): MovedLines[] {
  return pairsOf(changes).map(({ deleted, inserted }) => {
    const startsBelow = /^[\r\n]/.test(inserted.text) && !/[\r\n]$/.test(inserted.text);
    const firstLine = inserted.range.start.line + shiftAt(inserted, changes) + (startsBelow ? 1 : 0);
    return { from: firstDeleted(deleted), to: { firstLine, count: breaksIn(inserted.text) } };
  });
}

interface Pair {
  readonly deleted: DocumentChange;
  readonly inserted: DocumentChange;
}

/** Deletions with insertions of as many lines, each with the nearest one. */
function pairsOf(changes: readonly DocumentChange[]): Pair[] {
  const deletions = changes.filter(({ text, range }) => text === '' && range.end.line > range.start.line);
  const insertions = changes.filter(({ text, range: { start, end } }) => {
    return start.line === end.line && start.character === end.character && breaksIn(text) > 0;
  });
  if (deletions.length * insertions.length > MOST_PAIRS) return [];
  const possible = insertions.flatMap((inserted) =>
    deletions
      .filter(({ range: { start, end } }) => end.line - start.line === breaksIn(inserted.text))
      .map((deleted) => ({ deleted, inserted, distance: distanceOf(deleted, inserted) })),
  );
  const pairs: Pair[] = [];
  const taken = new Set<DocumentChange>();
  for (const { deleted, inserted } of possible.toSorted((a, b) => a.distance - b.distance)) {
    if (taken.has(deleted) || taken.has(inserted)) continue;
    taken.add(deleted).add(inserted);
    pairs.push({ deleted, inserted });
  }
  return pairs;
}

/** A thousand cursors that move lines are not followed. */
const MOST_PAIRS = 10_000;

function distanceOf({ range: { start, end } }: DocumentChange, { range }: DocumentChange): number {
  return Math.min(Math.abs(range.start.line - start.line), Math.abs(range.start.line - end.line));
}

export function breaksIn(text: string): number {
  return text.split(lineBreak).length - 1;
}

const lineBreak = /\r\n|\r|\n/;

/** How far changes above move the line at which a change starts. */
export function shiftAt({ range: { start } }: DocumentChange, changes: readonly DocumentChange[]): number {
  return changes
    .filter(
      ({ range }) =>
        range.start.line < start.line || (range.start.line === start.line && range.start.character < start.character),
    )
    .reduce((sum, { range, text }) => sum + breaksIn(text) - (range.end.line - range.start.line), 0);
}

/** The first whole line of a deletion, which includes the line break before or after its lines. */
function firstDeleted({ range: { start, end } }: DocumentChange): number {
  const isWithNextBreak = start.character === 0 && (end.character === 0 || start.line === 0);
  return isWithNextBreak ? start.line : start.line + 1;
}
