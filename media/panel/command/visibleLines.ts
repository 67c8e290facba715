import type { TextChange } from '../../../src/protocol/panel.js';
import type { Line, TextBlock } from '../../../src/protocol/panelEntries.js';

/** A line with its index in the whole text. */
export interface PlacedLine {
  readonly index: number;
  readonly line: Line;
}

/** The text after lines were written. Unchanged pieces keep their identity. */
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
 * The visible lines of a text, and how many lines are hidden after the first `head` ones. A text of at most `limit`
 * lines is shown completely. Of a longer one, a sixth of `limit` is shown from the start and a third from the end.
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
