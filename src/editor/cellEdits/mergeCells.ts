import type { Cell } from '../cells/cells.js';
import type { CellEdit, LineChange } from './cellEdit.js';
import { contentAs } from './cellContent.js';
import { isBlank, type CellPlace, type CellSpan } from './cellPlace.js';

/**
 * Joins the current cells; if it is one, with the one below it. They take the kind of the first. Undefined if there is
 * none below.
 */
export function mergeCellBelow(place: CellPlace): CellEdit | undefined {
  const { block, spans, index } = place;
  const [first, ...others] = block;
  const below = spans[index + 1];
  const joined = others.length === 0 && below ? [below] : others;
  if (!first || joined.length === 0) return undefined;
  return { changes: joined.map((next) => joining(place, first.cell.kind, next)) };
}

function joining(place: CellPlace, kind: Cell['kind'], next: CellSpan): LineChange {
  const { lines, language } = place;
  const { title } = next.cell;
  // In a cell with code, text stays in its comments.
  const content = contentAs(place, next, kind === 'code' ? next.cell.kind : kind);
  const isTitled = title !== '' && lines[next.start]?.includes(title);
  const heading = isTitled ? [`${language.commentSign} ${title}`] : [];
  const isDoubleGap = heading.length === 0 && isBlank(lines[next.start - 1]);
  const firstWithText = content.findIndex((line) => !isBlank(line));
  const merged = [...heading, ...(isDoubleGap ? content.slice(Math.max(0, firstWithText)) : content)];
  return replaceLines(next.start, lines.slice(next.start, next.contentEnd), merged);
}

/** Leaves the lines that both end with as they are. */
function replaceLines(start: number, before: readonly string[], after: readonly string[]): LineChange {
  let same = 0;
  while (same < Math.min(before.length, after.length) && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { from: start, to: start + before.length - same, lines: after.slice(0, after.length - same) };
}
