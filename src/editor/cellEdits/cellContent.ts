import type { Cell } from '../cells/cells.js';
import { isWhole, withoutSigns } from '../cells/cellText.js';
import { isBlank, isDatabricks, type CellPlace, type CellSpan } from './cellPlace.js';

/** The lines below a cell's marker as those of a cell of another kind: code as text is in comments. */
export function contentAs(place: CellPlace, span: CellSpan, kind: Cell['kind']): string[] {
  const lines = contentOf(place, span);
  const isText = span.cell.kind !== 'code';
  if (isText === (kind !== 'code')) return lines;
  const sign = place.language.commentSign;
  if (isText) return isWhole(lines, sign) ? lines : withoutSigns(lines, sign);
  if (!isDatabricks(place.marker)) return lines.map((line) => (isBlank(line) ? line : `${sign} ${line}`));
  const first = lines.findIndex((line) => !isBlank(line)); // a blank line further down would end the text
  return lines.map((line, index) => (index < first ? line : `${sign} MAGIC ${line}`.trimEnd()));
}

export function contentOf({ lines }: CellPlace, { cell, start, contentEnd }: CellSpan): string[] {
  return lines.slice(cell.isUnmarked ? start : start + 1, contentEnd);
}
