import type { DocumentChange } from './documentChange.js';

/** Lines that were taken out in one place and put in somewhere else. */
export interface MovedLines {
  /** The first of them before the changes. */
  readonly from: number;
  /** Where they stand after the changes. */
  readonly to: { readonly firstLine: number; readonly count: number };
}

/** The lines that simultaneous changes move, as VS Code's Move Line Down does: it deletes lines and inserts as many. */
export function movedLinesOf(changes: readonly DocumentChange[]): MovedLines[] {
  const deleted = changes.filter(({ text, range }) => text === '' && range.end.line > range.start.line);
  return changes.flatMap((change) => {
    const { text, range } = change;
    const isInserted = range.start.line === range.end.line && range.start.character === range.end.character;
    const count = text.split(lineBreak).length - 1;
    if (!isInserted || count === 0) return [];
    const source = deleted.find(({ range: { start, end } }) => end.line - start.line === count);
    if (!source) return [];
    const startsBelow = /^[\r\n]/.test(text) && !/[\r\n]$/.test(text);
    const firstLine = range.start.line + shiftAt(change, changes) + (startsBelow ? 1 : 0);
    return [{ from: firstDeleted(source), to: { firstLine, count } }];
  });
}

const lineBreak = /\r\n|\r|\n/;

/** How far changes above move the line at which a change starts. */
function shiftAt({ range: { start } }: DocumentChange, changes: readonly DocumentChange[]): number {
  return changes
    .filter(
      ({ range }) =>
        range.start.line < start.line || (range.start.line === start.line && range.start.character < start.character),
    )
    .reduce((sum, { range, text }) => sum + text.split(lineBreak).length - 1 - (range.end.line - range.start.line), 0);
}

/** The first whole line of a deletion, which includes the line break before or after its lines. */
function firstDeleted({ range: { start, end } }: DocumentChange): number {
  const isWithNextBreak = start.character === 0 && (end.character === 0 || start.line === 0);
  return isWithNextBreak ? start.line : start.line + 1;
}
