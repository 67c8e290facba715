import type { Cell } from '../cells/cells.js';
import { insideOf, isWhole, withoutSigns } from '../cells/cellText.js';
import { isBlank, isDatabricks, type CellPlace, type CellSpan } from './cellPlace.js';

/** The lines below a cell's marker as those of a cell of another kind: code as text is in comments. */
export function contentAs(place: CellPlace, span: CellSpan, kind: Cell['kind']): string[] {
  const lines = contentOf(place, span);
  const isText = span.cell.kind !== 'code';
  if (isText === (kind !== 'code')) return lines;
  const head = headLength(lines);
  const [above, body] = [lines.slice(0, head), lines.slice(head)];
  const sign = place.language.commentSign;
  const isNotebook = isDatabricks(place.marker);
  if (isWhole(body, sign) && (isText || !isNotebook)) return lines;
  if (isText) return [...above, ...withoutSigns(body, sign)];
  return [...above, ...body.map(isNotebook ? (line) => asMagic(line, sign) : (line) => asComment(line, sign))];
}

export function contentOf({ lines }: CellPlace, { cell, start, contentEnd }: CellSpan): string[] {
  return lines.slice(cell.isUnmarked ? start : start + 1, contentEnd);
}

/** The text of a cell as it is read, whether it stands in comments or in a string; code as it is. */
export function plainContent(place: CellPlace, span: CellSpan): string[] {
  const lines = contentOf(place, span);
  const body = lines.slice(headLength(lines));
  if (span.cell.kind === 'code') return body;
  const sign = place.language.commentSign;
  return insideOf(body, sign)?.split('\n') ?? withoutSigns(body, sign);
}

/** How many lines come first that say nothing of the kind: blank ones, and the title of a cell of Databricks. */
export function headLength(lines: readonly string[]): number {
  const first = lines.findIndex((line) => !isBlank(line) && !/^(?:#|\/\/) DBTITLE \d+,/.test(line));
  return first < 0 ? lines.length : first;
}

export function asComment(line: string, sign: string): string {
  return isBlank(line) ? line : `${sign} ${line}`;
}

/** A blank line would end the text. */
export function asMagic(line: string, sign: string): string {
  return line.startsWith(`${sign} MAGIC`) ? line : `${sign} MAGIC ${line}`.trimEnd();
}
