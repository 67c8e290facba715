import { insertion, type CellEdit } from './cellEdit.js';
import { isBlank, isSpaced, markerLike, type CellPlace } from './cellPlace.js';

/** Inserts an empty cell above the current one; the cursor goes into it. */
export function insertCellAbove(place: CellPlace): CellEdit {
  const { start, cell, contentEnd } = place.current;
  // Without a marker of its own, the code would become part of the new cell.
  return contentEnd > start ? insertBefore(place, start, cell.isUnmarked) : insertCellBelow(place);
}

/** Inserts an empty cell below the current one; the cursor goes into it. */
export function insertCellBelow(place: CellPlace): CellEdit {
  const next = place.spans[place.index + 1];
  return next ? insertBefore(place, next.start) : append(place);
}

function insertBefore(place: CellPlace, line: number, isUnmarked = false): CellEdit {
  const marker = markerLike(place);
  const lines = [marker, '', ...(isSpaced(place) ? [''] : []), ...(isUnmarked ? [marker] : [])];
  return { changes: [insertion(line, lines)], cursor: { line: line + 1, character: 0 } };
}

function append(place: CellPlace): CellEdit {
  const { lines } = place;
  const marker = markerLike(place);
  const isEmpty = lines.every(isBlank);
  if (isEmpty)
    return { changes: [{ from: 0, to: lines.length, lines: [marker, ''] }], cursor: { line: 1, character: 0 } };
  const added = isBlank(lines.at(-1)) ? [marker, ''] : ['', marker, ''];
  return {
    changes: [insertion(lines.length, added)],
    cursor: { line: lines.length + added.length - 1, character: 0 },
  };
}
