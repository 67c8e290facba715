import { lastIndex } from '../lastIndex.js';
import { changeBetween } from '../../text/textChange.js';

/** A position in a text; lines and characters (UTF-16 units) count from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A text with the offsets of each line: its first character, and its end before the line break. */
export interface PhysicalLines {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Splits at the line breaks of Python and VS Code: LF, CRLF and CR. */
export function splitPhysicalLines(text: string): PhysicalLines {
  const starts = [0];
  const ends: number[] = [];
  splitStretch(text, 0, text.length, { starts, ends });
  ends.push(text.length);
  return { text, starts, ends };
}

/** The lines that a text has in common with an earlier one. */
export interface Unchanged {
  /** The first line that may have changed. */
  readonly before: number;
  /** The first line after the possible changes. */
  readonly after: number;
  /** How many lines the lines after the changes have moved down. */
  readonly shift: number;
}

/** Splits a new version of a text and reuses the unchanged lines. */
export function splitAgain(earlier: PhysicalLines, text: string): PhysicalLines & { readonly unchanged: Unchanged } {
  const { fromA, toA, toB } = changeBetween(earlier.text, text);
  // A line break before the change may have merged with it, like CR with LF.
  const before = lineAt(earlier, Math.max(0, fromA - 1));
  const starts = earlier.starts.slice(0, before + 1);
  const ends = earlier.ends.slice(0, before);
  const rest = lastIndex(earlier.starts, (start) => start <= toA) + 1;
  const isAtEnd = rest >= earlier.starts.length;
  const moved = toB - toA;
  const end = isAtEnd ? text.length : (earlier.starts[rest] ?? 0) + moved;
  splitStretch(text, starts[before] ?? 0, end, { starts, ends });
  if (isAtEnd) ends.push(text.length);
  const after = isAtEnd ? starts.length : starts.length - 1;
  const move = (offset: number) => offset + moved;
  return {
    text,
    starts: starts.concat(earlier.starts.slice(rest + 1).map(move)),
    ends: ends.concat(earlier.ends.slice(rest).map(move)),
    unchanged: { before, after, shift: after - rest },
  };
}

function splitStretch(text: string, from: number, to: number, lines: { starts: number[]; ends: number[] }): void {
  const next = (char: string, position: number) => {
    const found = text.indexOf(char, position);
    return found < 0 ? Infinity : found;
  };
  let [feed, carriage] = [next('\n', from), next('\r', from)];
  for (let end = Math.min(feed, carriage); end < to; end = Math.min(feed, carriage)) {
    const start = feed === end + 1 ? feed + 1 : end + 1;
    lines.ends.push(end);
    lines.starts.push(start);
    if (feed < start) feed = next('\n', start);
    if (carriage < start) carriage = next('\r', start);
  }
}

/** The line that contains an offset. */
export function lineAt({ starts }: PhysicalLines, offset: number): number {
  return lastIndex(starts, (start) => start <= offset);
}

/** The offset of a position; a position outside of the text is moved to the nearest one inside. */
export function offsetAt({ starts, ends }: PhysicalLines, { line, character }: Position): number {
  const nearest = Math.max(0, Math.min(line, starts.length - 1));
  return Math.min((starts[nearest] ?? 0) + Math.max(0, character), ends[nearest] ?? 0);
}

/** Measures the indentation of a line. A form feed resets the column to 0, as in CPython's tokenizer. */
export function measureIndent(text: string, start: number, end: number): { end: number; from: number; column: number } {
  let column = 0;
  let from = start;
  let position = start;
  for (; position < end; position++) {
    const char = text.charCodeAt(position);
    if (char === SPACE) column++;
    else if (char === TAB) column += 8 - (column % 8);
    else if (char === FORM_FEED || (char === BYTE_ORDER_MARK && position === 0)) {
      column = 0;
      from = position + 1;
    } else break;
  }
  return { end: position, from, column };
}

const TAB = 9;
const FORM_FEED = 12;
const SPACE = 32;
const BYTE_ORDER_MARK = 0xfeff;
