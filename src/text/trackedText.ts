import { breaksIn, movedLinesOf, shiftAt, type MovedLines } from './movedLines.js';
import { followChanges, type TrackedLines } from './trackedLines.js';
import type { DocumentChange } from './documentChange.js';

/** Lines of a document and what stood there at first. */
export interface TrackedText {
  readonly lines: TrackedLines;
  readonly text: string;
  /** The text after its last edit, if it is another one. Moving lines is no edit. */
  readonly edited?: string;
  /** The text has changed. Undoing an edit makes it current again. */
  readonly isStale: boolean;
}

/** A document after its changes. */
export interface DocumentLines {
  readonly lineCount: number;
  lineText(line: number): string;
}

/** The text of whole lines, with `\n` between them. */
export function textOfLines(document: DocumentLines, firstLine: number, lastLine: number): string {
  const texts: string[] = [];
  for (let line = firstLine; line <= Math.min(lastLine, document.lineCount - 1); line++)
    texts.push(document.lineText(line));
  return texts.join('\n');
}

/**
 * The text after simultaneous changes; undefined if it is deleted. Lines that change places with others (Alt+Down) keep
 * what belongs to them, and so does text that other lines pass, and text that is still there when lines are replaced as
 * a whole: they were sorted, or another program has written the file.
 */
export function followText<Text extends TrackedText>(
  tracked: Text,
  changes: readonly DocumentChange[],
  document: DocumentLines,
): Text | undefined {
  const lengthOf = (line: number) => (line < document.lineCount ? document.lineText(line).length : 0);
  const followed = followChanges(tracked.lines, changes, lengthOf);
  if (followed && !followed.isTouched) return { ...tracked, lines: followed.lines };
  const moved = movedLinesOf(changes);
  const { edited, ...rest } = tracked;
  const last = edited ?? tracked.text;
  if (moved.length > 0) {
    const own = followed && withMoved(tracked.lines, followed.lines, moved);
    const firstLine = findText(last, document, [...(own ? [own] : []), ...placesAfter(tracked.lines, moved)]);
    const lastLine = firstLine === undefined ? own?.lastLine : firstLine + last.split('\n').length - 1;
    if (lastLine === undefined) return undefined;
    const lines = {
      firstLine: firstLine ?? own?.firstLine ?? lastLine,
      lastLine,
      lastCharacter: lengthOf(lastLine),
    };
    return { ...tracked, lines, isStale: firstLine === undefined || last !== tracked.text };
  }
  const rewritten = placesRewritten(tracked.lines, changes);
  for (const text of new Set([last, tracked.text])) {
    const firstLine = findText(text, document, rewritten);
    if (firstLine === undefined) continue;
    const lastLine = firstLine + text.split('\n').length - 1;
    const lines = { firstLine, lastLine, lastCharacter: lengthOf(lastLine) };
    return text === last ? { ...tracked, lines } : { ...(rest as Text), lines, isStale: false };
  }
  if (!followed) return undefined;
  const now = textOfLines(document, followed.lines.firstLine, followed.lines.lastLine);
  const isStale = now !== tracked.text;
  return { ...(rest as Text), lines: followed.lines, isStale, ...(isStale ? { edited: now } : {}) };
}

interface Place {
  readonly firstLine: number;
  readonly lastLine: number;
  /** Where in the place the text is looked for first. */
  readonly likely: number;
}

/** The lines with those of them that were put in elsewhere. */
function withMoved(before: TrackedLines, after: TrackedLines, moved: readonly MovedLines[]): Place {
  let { firstLine, lastLine } = after;
  for (const { from, to } of moved) {
    if (from > before.lastLine || from + to.count <= before.firstLine) continue;
    firstLine = Math.min(firstLine, to.firstLine);
    lastLine = Math.max(lastLine, to.firstLine + to.count - 1);
  }
  return { firstLine, lastLine, likely: after.firstLine };
}

function placesAfter({ firstLine }: TrackedLines, moved: readonly MovedLines[]): Place[] {
  return moved.map(({ from, to }) => ({
    firstLine: to.firstLine,
    lastLine: to.firstLine + to.count - 1,
    likely: to.firstLine + firstLine - from,
  }));
}

/** Where the lines are that replace others, these among them. */
function placesRewritten(lines: TrackedLines, changes: readonly DocumentChange[]): Place[] {
  return changes.flatMap((change) => {
    const { start, end } = change.range;
    const count = breaksIn(change.text);
    const isAround = start.line <= lines.lastLine && end.line >= lines.firstLine && end.line > start.line;
    if (!isAround || count === 0) return [];
    const firstLine = start.line + shiftAt(change, changes);
    return { firstLine, lastLine: firstLine + count, likely: lines.firstLine };
  });
}

/** The first line of a text that stands within one of these places: the likely one, or else the nearest to it. */
function findText(text: string, document: DocumentLines, places: readonly Place[]): number | undefined {
  const [first, ...others] = text.split('\n');
  const count = others.length + 1;
  const isAt = (line: number) =>
    document.lineText(line) === first && textOfLines(document, line, line + count - 1) === text;
  for (const { firstLine, lastLine, likely } of places) {
    const starts = Array.from(
      { length: Math.max(0, lastLine - firstLine - count + 2) },
      (_, index) => firstLine + index,
    );
    starts.sort((a, b) => Math.abs(a - likely) - Math.abs(b - likely));
    const found = starts.slice(0, MOST_TRIED).find(isAt);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Of lines at which a text could begin. */
const MOST_TRIED = 100;
