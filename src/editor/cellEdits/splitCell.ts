import { isWhole } from '../cells/cellText.js';
import { insertion, type CellEdit } from './cellEdit.js';
import { beginningOf, isBlank, isSpaced, type CellPlace } from './cellPlace.js';

/**
 * Begins a new cell at the cursor, of the same kind. A statement stays whole: at its end it goes to the first cell,
 * else to the second.
 */
export function splitCell(place: CellPlace): CellEdit {
  const { lines, current } = place;
  const quotes = quotesAround(place);
  if (quotes) return splitString(place, quotes);
  const firstOfContent = current.cell.isUnmarked ? current.start : current.start + 1;
  const line = Math.min(Math.max(splitLine(place), firstOfContent), lines.length);
  const needsBlank = isSpaced(place) && line > firstOfContent && !isBlank(lines[line - 1]);
  const beginning = [...(needsBlank ? [''] : []), ...beginningOf(place, current.cell.kind)];
  const added = line === lines.length ? [...beginning, ''] : beginning;
  const character = lines[line]?.search(/\S/) ?? 0;
  return {
    changes: [insertion(line, added)],
    cursor: { line: line + beginning.length, character: Math.max(0, character) },
  };
}

interface Quotes {
  readonly first: number;
  readonly last: number;
}

/** The lines of those of a text that is a string or a block comment, if the cursor is in it. */
function quotesAround({ language, lines, cursor, current }: CellPlace): Quotes | undefined {
  if (current.cell.kind === 'code') return undefined;
  const first = lines.findIndex((line, index) => index > current.start && !isBlank(line));
  const last = current.contentEnd - 1;
  const isInside = cursor.line >= first && cursor.line <= last && first < last;
  const pattern = language.commentSign === '#' ? /^[rR]?("""|''')$/ : /^\/\*+$/;
  const isString =
    pattern.test(lines[first]?.trim() ?? '') && isWhole(lines.slice(first, last + 1), language.commentSign);
  return isInside && isString ? { first, last } : undefined;
}

function splitString(place: CellPlace, { first, last }: Quotes): CellEdit {
  const { cursor, lines, current } = place;
  const [open = '', close = ''] = [lines[first], lines[last]];
  const isAtEnd = cursor.character >= (lines[cursor.line] ?? '').trimEnd().length;
  const line = Math.min(Math.max(isAtEnd ? cursor.line + 1 : cursor.line, first + 1), last);
  const added = [close, ...(isSpaced(place) ? [''] : []), ...beginningOf(place, current.cell.kind), open];
  return { changes: [insertion(line, added)], cursor: { line: line + added.length, character: 0 } };
}

/** The line that becomes the first of the new cell. */
function splitLine({ language, text, lines, cursor, current }: CellPlace): number {
  const { line, character } = cursor;
  const content = lines[line] ?? '';
  if (isBlank(content)) return line + 1;
  const isAtEnd = character >= content.trimEnd().length;
  const statement = current.cell.kind === 'code' ? language.topLevelLine(text, line) : undefined;
  if (statement === undefined || statement > line) return isAtEnd ? line + 1 : line;
  const endsHere = language.topLevelLine(text, line + 1) !== statement;
  return isAtEnd && endsHere ? line + 1 : statement;
}
