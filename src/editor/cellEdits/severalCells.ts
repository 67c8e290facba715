import { cellIndexAt } from '../cells/cells.js';
import type { CellEdit, LineChange, TextPosition } from './cellEdit.js';
import type { CellPlace, CellSpan } from './cellPlace.js';

/** A range of a text, and the end of it at which the cursor is. */
export interface CellSelection {
  readonly start: TextPosition;
  readonly end: TextPosition;
  readonly active: TextPosition;
}

/** What a command does for all cursors, as one step. */
export interface CellEdits {
  readonly changes: readonly LineChange[];
  /** Where the cursors are afterwards; where the text takes them, if there are none. */
  readonly cursors: readonly TextPosition[];
}

/** The place of each selection: the cells that it touches, together with neighbors that others touch, are one block. */
export function blocksAt(place: CellPlace, selections: readonly CellSelection[]): CellPlace[] {
  const touched = selections.map((selection) => touchedCells(place, selection));
  const all = new Set(touched.flat());
  return selections.map(({ active }, number) => {
    let [first, last] = [touched[number]?.[0] ?? place.index, touched[number]?.at(-1) ?? place.index];
    while (all.has(first - 1)) first--;
    while (all.has(last + 1)) last++;
    return blockOf({ ...place, cursor: active }, first, last);
  });
}

/** The edits of several places as one, each once. */
export function together(edits: readonly CellEdit[]): CellEdits {
  const different = [...new Map(edits.map((edit) => [JSON.stringify(edit.changes), edit])).values()];
  const cursors = edits.flatMap((edit) => {
    if (!edit.cursor) return [];
    const first = edit.changes[0]?.from ?? 0;
    const above = different.filter(({ changes }) => (changes[0]?.from ?? 0) < first);
    const shift = above.flatMap(({ changes }) => changes).reduce((sum, change) => sum + growthOf(change), 0);
    return { ...edit.cursor, line: edit.cursor.line + shift };
  });
  const changes = different.flatMap((edit) => edit.changes).toSorted((a, b) => a.from - b.from || a.to - b.to);
  return { changes, cursors };
}

function growthOf({ from, to, lines }: LineChange): number {
  return lines.length - (to - from);
}

/** The indices of the cells that a selection touches. A selection of whole lines ends before the next line. */
function touchedCells({ spans }: CellPlace, { start, end }: CellSelection): number[] {
  const cells = spans.map(({ cell }) => cell);
  const endsBefore = end.character === 0 && end.line > start.line;
  const first = Math.max(0, cellIndexAt(cells, start.line));
  const last = Math.max(first, cellIndexAt(cells, endsBefore ? end.line - 1 : end.line));
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function blockOf(place: CellPlace, first: number, last: number): CellPlace {
  const block = place.spans.slice(first, last + 1);
  const [begin, end] = [block[0], block.at(-1)];
  if (!begin || !end) return place;
  const current: CellSpan = {
    cell: { ...begin.cell, endLine: end.cell.endLine },
    start: begin.start,
    contentEnd: end.contentEnd,
  };
  const spans = [...place.spans.slice(0, first), current, ...place.spans.slice(last + 1)];
  return { ...place, spans, index: first, current, block };
}
