import type { DocumentChange, Position } from './documentChange.js';
import { movedLinesOf } from './movedLines.js';

/** Whole lines of a document, from the first character of one to the last of another. All count from 0. */
export interface TrackedLines {
  readonly firstLine: number;
  readonly lastLine: number;
  /** The length of the last line. */
  readonly lastCharacter: number;
}

/**
 * The position of lines after simultaneous changes, and whether their own text may have changed. Undefined if they are
 * deleted.
 *
 * @param lengthOf the current length of a line
 */
export function followChanges(
  lines: TrackedLines,
  changes: readonly DocumentChange[],
  lengthOf: (line: number) => number,
): { readonly lines: TrackedLines; readonly isTouched: boolean } | undefined {
  const away = movedWith(lines, changes);
  if (away) return { lines: { ...away, lastCharacter: lengthOf(away.lastLine) }, isTouched: true };
  let moved = lines;
  let isTouched = false;
  for (const change of changes) {
    const followed = followChange(moved, change);
    if (!followed) return undefined;
    moved = followed.lines;
    isTouched ||= followed.isTouched;
  }
  return { lines: { ...moved, lastCharacter: lengthOf(moved.lastLine) }, isTouched };
}

/** The lines after a move that takes them all. */
function movedWith(lines: TrackedLines, changes: readonly DocumentChange[]): TrackedLines | undefined {
  const { firstLine, lastLine } = lines;
  const found = movedLinesOf(changes).find(({ from, to }) => from <= firstLine && lastLine < from + to.count);
  const shift = found && found.to.firstLine - found.from;
  return shift === undefined ? undefined : { ...lines, firstLine: firstLine + shift, lastLine: lastLine + shift };
}

function followChange(
  lines: TrackedLines,
  { range: { start, end }, text }: DocumentChange,
): { readonly lines: TrackedLines; readonly isTouched: boolean } | undefined {
  const { firstLine, lastLine, lastCharacter } = lines;
  const inserted = text.split(/\r\n|\r|\n/);
  const added = inserted.length - 1;
  const delta = added - (end.line - start.line);
  const first = { line: firstLine, character: 0 };
  const last = { line: lastLine, character: lastCharacter };

  if (isBehind(start, last, inserted)) return { lines, isTouched: false };
  if (end.line < firstLine || (compare(end, first) === 0 && keepsLineStart(start, inserted))) {
    return { lines: { ...lines, firstLine: firstLine + delta, lastLine: lastLine + delta }, isTouched: false };
  }
  const coversAll = compare(start, first) <= 0 && compare(end, last) >= 0;
  if (coversAll && text.trim() === '') return undefined;
  return {
    isTouched: true,
    lines: {
      firstLine: Math.min(firstLine, start.line),
      lastLine: compare(end, last) >= 0 ? start.line + added : lastLine + delta,
      lastCharacter,
    },
  };
}

/** After the end, or at the end if a line break separates what is inserted. */
function isBehind(start: Position, last: Position, inserted: readonly string[]): boolean {
  if (start.line > last.line) return true;
  return compare(start, last) === 0 && inserted.length > 1 && inserted[0] === '';
}

/** Whether the text after a change starts a line, given that it did before. */
function keepsLineStart(start: Position, inserted: readonly string[]): boolean {
  return inserted.at(-1) === '' && (inserted.length > 1 || start.character === 0);
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
