import type { CellEdit } from './cellEdit.js';
import { contentAs } from './cellContent.js';
import { isBlank, type CellPlace } from './cellPlace.js';

/** Joins the current cell with the one below it, which takes its kind; undefined if there is none. */
export function mergeCellBelow(place: CellPlace): CellEdit | undefined {
  const { lines, current, spans, index, language } = place;
  const next = spans[index + 1];
  if (!next) return undefined;
  const { kind } = current.cell;
  const { title } = next.cell;
  // In a cell with code, text stays in its comments.
  const content = contentAs(place, next, kind === 'code' ? next.cell.kind : kind);
  const isTitled = title !== '' && lines[next.start]?.includes(title);
  const heading = isTitled ? [`${language.commentSign} ${title}`] : [];
  const isDoubleGap = heading.length === 0 && isBlank(lines[next.start - 1]);
  const firstWithText = content.findIndex((line) => !isBlank(line));
  const merged = [...heading, ...(isDoubleGap ? content.slice(Math.max(0, firstWithText)) : content)];
  return { changes: [replaceLines(next.start, lines.slice(next.start, next.contentEnd), merged)] };
}

/** Leaves the lines that both end with as they are. */
function replaceLines(start: number, before: readonly string[], after: readonly string[]) {
  let same = 0;
  while (same < Math.min(before.length, after.length) && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { from: start, to: start + before.length - same, lines: after.slice(0, after.length - same) };
}
