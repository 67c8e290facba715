import type { Cell } from '../cells/cells.js';
import { insideOf } from '../cells/cellText.js';
import { deletion, type CellEdit, type LineChange } from './cellEdit.js';
import { asComment, asMagic, contentAs, contentOf, headLength, plainContent } from './cellContent.js';
import { isBlank, isDatabricks, type CellPlace, type CellSpan } from './cellPlace.js';

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
  const { kind } = first.cell;
  const close = kind === 'code' ? undefined : closeOf(place, first);
  if (close === undefined) return { changes: joined.map((next) => joining(place, kind, next)) };
  return { changes: [close.change, ...joined.map((next) => intoString(place, next, joined.at(-1) === next, close))] };
}

interface Close {
  readonly sign: string;
  /** Takes it away from where it is. */
  readonly change: LineChange;
}

/** What ends the string or the block comment that a text is; undefined for one in comments. */
function closeOf(place: CellPlace, span: CellSpan): Close | undefined {
  if (insideOf(contentOf(place, span), place.language.commentSign) === undefined) return undefined;
  const line = span.contentEnd - 1;
  const last = (place.lines[line] ?? '').trimEnd();
  const [sign = ''] = /(?:"""|'''|\*+\/)$/.exec(last) ?? [];
  const rest = last.slice(0, -sign.length);
  return { sign, change: isBlank(rest) ? deletion(line, line + 1) : { from: line, to: line + 1, lines: [rest] } };
}

function intoString(place: CellPlace, next: CellSpan, isLast: boolean, { sign }: Close): LineChange {
  const content = [...titleOf(place, next), ...plainContent(place, next)];
  return { from: next.start, to: next.contentEnd, lines: isLast ? [...content, sign] : content };
}

function joining(place: CellPlace, kind: Cell['kind'], next: CellSpan): LineChange {
  const { lines, language, marker } = place;
  const content = joinedContent(place, kind, next);
  if (kind !== 'code' && isDatabricks(marker)) {
    let end = next.start; // a blank line would end the text
    while (end > 0 && isBlank(lines[end - 1])) end--;
    const gap = Array<string>(Math.min(1, next.start - end)).fill('');
    const text = [...gap, ...titleOf(place, next), ...content].map((line) => asMagic(line, language.commentSign));
    return { from: end, to: next.contentEnd, lines: text };
  }
  const heading = titleOf(place, next).map((title) => `${language.commentSign} ${title}`);
  const isDoubleGap = heading.length === 0 && isBlank(lines[next.start - 1]);
  const firstWithText = content.findIndex((line) => !isBlank(line));
  const merged = [...heading, ...(isDoubleGap ? content.slice(Math.max(0, firstWithText)) : content)];
  return replaceLines(next.start, lines.slice(next.start, next.contentEnd), merged);
}

/** In a cell with code, text stays in its comments. */
function joinedContent(place: CellPlace, kind: Cell['kind'], next: CellSpan): string[] {
  const sign = place.language.commentSign;
  const isText = next.cell.kind !== 'code';
  if (isDatabricks(place.marker)) {
    if (kind !== 'code') return plainContent(place, next);
    const content = contentOf(place, next);
    return isText ? plainContent(place, next).map((line) => asComment(line, sign)) : content.slice(headLength(content));
  }
  const isString = isText && kind !== 'code' && insideOf(contentOf(place, next), sign) !== undefined;
  if (isString) return plainContent(place, next).map((line) => `${sign} ${line}`.trimEnd());
  return contentAs(place, next, kind === 'code' ? next.cell.kind : kind);
}

function titleOf({ lines }: CellPlace, { cell, start, contentEnd }: CellSpan): string[] {
  const isWritten = cell.title !== '' && lines.slice(start, contentEnd).some((line) => line.includes(cell.title));
  return isWritten ? [cell.title] : [];
}

/** Leaves the lines that both end with as they are. */
function replaceLines(start: number, before: readonly string[], after: readonly string[]): LineChange {
  let same = 0;
  while (same < Math.min(before.length, after.length) && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { from: start, to: start + before.length - same, lines: after.slice(0, after.length - same) };
}
