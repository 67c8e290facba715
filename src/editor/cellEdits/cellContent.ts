import type { Cell } from '../cells/cells.js';
import { withoutSigns } from '../cells/cellText.js';
import { isBlank, isDatabricks, type CellPlace, type CellSpan } from './cellPlace.js';

/** The lines below a cell's marker as those of a cell of another kind: code as text is in comments. */
export function contentAs(place: CellPlace, span: CellSpan, kind: Cell['kind']): string[] {
  const lines = contentOf(place, span);
  const isText = span.cell.kind !== 'code';
  if (isText === (kind !== 'code')) return lines;
  const sign = place.language.commentSign;
  const prefix = isDatabricks(place.marker) ? `${sign} MAGIC ` : `${sign} `;
  if (!isText) return lines.map((line) => (isBlank(line) ? line : prefix + line));
  return withoutSigns(lines, sign);
}

export function contentOf({ lines }: CellPlace, { cell, start, contentEnd }: CellSpan): string[] {
  return lines.slice(cell.isUnmarked ? start : start + 1, contentEnd);
}
