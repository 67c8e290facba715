import type { TextChange } from '../../../src/protocol/panel.js';
import type { Line, TextBlock } from '../../../src/protocol/panelEntries.js';

/** A line with its place in the whole text. */
export interface PlacedLine {
  readonly index: number;
  readonly line: Line;
}

/** The text after lines were written. Pieces that did not change keep their identity. */
export function changedText(text: TextBlock, { total, head, tail }: TextChange): TextBlock {
  const firstKept = text.total - text.tail.length;
  return {
    total,
    head: head ? [...text.head.slice(0, head.from), ...head.lines] : text.head,
    tail: tail
      ? [...text.tail.slice(Math.max(0, tail.first - firstKept), Math.max(0, tail.from - firstKept)), ...tail.lines]
      : [],
  };
}

/**
 * What is drawn of a text, and how many lines are left out after the first `head` ones. A text of at most `limit` lines is
 * drawn whole; of a longer one a sixth of so many from its start, and a third from its end.
 */
export function shownLines(text: TextBlock, limit: number): { lines: PlacedLine[]; head: number; omitted: number } {
  const firstOfTail = text.total - text.tail.length;
  const kept = [
    ...text.head.map((line, index) => ({ index, line })),
    ...text.tail.map((line, index) => ({ index: firstOfTail + index, line })),
  ];
  if (text.total <= limit) {
    return { lines: kept, head: text.head.length, omitted: text.total - kept.length };
  }
  const head = Math.min(text.head.length, Math.ceil(limit / 6));
  const lines = [...kept.slice(0, head), ...kept.slice(Math.max(head, kept.length - Math.ceil(limit / 3)))];
  return { lines, head, omitted: text.total - lines.length };
}
