import { deletion, type CellEdit } from './cellEdit.js';
import type { CellPlace } from './cellPlace.js';

/** Deletes the current cell. The cursor goes to the next one, or else to the previous one. */
export function deleteCell({ spans, index, current, lines }: CellPlace): CellEdit {
  const { start, contentEnd } = current;
  const [previous, next] = [spans[index - 1], spans[index + 1]];
  if (next) return { changes: [deletion(start, next.start)], cursor: { line: start, character: 0 } };
  if (previous)
    return {
      changes: [deletion(previous.contentEnd, contentEnd)],
      cursor: { line: previous.start, character: 0 },
    };
  return { changes: [deletion(start, start === 0 ? lines.length : contentEnd)], cursor: { line: start, character: 0 } };
}
