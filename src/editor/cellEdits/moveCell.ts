import { deletion, insertion, type CellEdit } from './cellEdit.js';
import type { CellPlace, CellSpan } from './cellPlace.js';

/** Swaps the current cell and the one above it; undefined if there is none. The cursor stays in the cell. */
export function moveCellUp(place: CellPlace): CellEdit | undefined {
  return swap(place, place.spans[place.index - 1], place.current);
}

/** Swaps the current cell and the one below it; undefined if there is none. The cursor stays in the cell. */
export function moveCellDown(place: CellPlace): CellEdit | undefined {
  return swap(place, place.current, place.spans[place.index + 1]);
}

/** The blank lines between and after both stay where they are. */
function swap(place: CellPlace, upper: CellSpan | undefined, lower: CellSpan | undefined): CellEdit | undefined {
  if (!upper || !lower) return undefined;
  const { lines, current, cursor, marker } = place;
  const gap = lines.slice(upper.contentEnd, lower.start);
  // Code without a marker would become part of the cell that is now above it.
  const ownMarker = upper.cell.isUnmarked ? [marker] : [];
  const moved = [...lines.slice(lower.start, lower.contentEnd), ...gap, ...ownMarker];
  const shift = current === lower ? upper.start - lower.start : moved.length;
  const line = Math.min(Math.max(cursor.line, current.start), Math.max(current.start, current.contentEnd - 1));
  return {
    changes: [insertion(upper.start, moved), deletion(upper.contentEnd, lower.contentEnd)],
    cursor: { line: line + shift, character: line === cursor.line ? cursor.character : 0 },
  };
}
