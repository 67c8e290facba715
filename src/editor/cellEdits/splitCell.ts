import { isWhole } from '../cells/cellText.js';
import { isOtherLanguage } from '../python/languageMagic.js';
import { insertion, type CellEdit } from './cellEdit.js';
import { beginningOf, isBlank, isDatabricks, isSpaced, type CellPlace } from './cellPlace.js';

/**
 * Begins a new cell at the cursor, of the same kind. A statement stays whole: at its end it goes to the first cell,
 * else to the second.
 */
export function splitCell(place: CellPlace): CellEdit {
  const { lines, current } = place;
  const quotes = quotesAround(place);
  if (quotes) return splitString(place, quotes);
  const inLine = splitTextLine(place);
  if (inLine) return inLine;
  const magic = magicAround(place);
  const firstOfContent = current.cell.isUnmarked ? current.start : current.start + 1;
  const line = Math.min(Math.max(splitLine(place, magic), firstOfContent), lines.length);
  const [marker = '', ...belowMarker] = beginningOf(place, current.cell.kind);
  const { repeated, options } = magic && line > magic.line ? magic : { repeated: [], options: '' };
  const beginning = [options === '' ? marker : `${marker} ${options}`, ...belowMarker, ...repeated];
  const needsBlank = isSpaced(place) && line > firstOfContent && !isBlank(lines[line - 1]);
  const above = needsBlank ? [''] : [];
  const below = Array<string>(missingLines(place, line)).fill('');
  const character = below.length > 0 ? 0 : Math.max(0, lines[line]?.search(/\S/) ?? 0);
  return {
    changes: [insertion(line, [...above, ...beginning, ...below])],
    cursor: { line: line + above.length + beginning.length, character },
  };
}

/** How many lines the new cell needs, so that the cursor is in it and not in the marker below it. */
function missingLines(place: CellPlace, line: number): number {
  const { lines, current } = place;
  if (line === lines.length) return 1;
  const next = current.cell.endLine + 1;
  if (next >= lines.length || !lines.slice(line, next).every(isBlank)) return 0;
  return Math.max(0, (isSpaced(place) ? 2 : 1) - (next - line));
}

/** What makes another language of the lines below it, so that it has to stand above both halves. */
interface Magic {
  readonly line: number;
  /** Lines below the marker. */
  readonly repeated: readonly string[];
  /** What follows the marker. */
  readonly options: string;
}

function magicAround({ language, text, lines, cursor, current, marker }: CellPlace): Magic | undefined {
  if (current.cell.kind !== 'code') return undefined;
  const ofMarker = /\blanguage="[\w-]+"(?: magic_args="[^"]*")?/.exec(lines[current.start] ?? '')?.[0];
  if (ofMarker !== undefined) return { line: current.start, repeated: [], options: ofMarker };
  if (isDatabricks(marker)) {
    const line = lines.findIndex((each, index) => index >= current.start && /^(?:#|\/\/) MAGIC /.test(each));
    const [head] = /^(?:#|\/\/) MAGIC\s+%(?:sql|scala|r|sh|python)\b/.exec(lines[line] ?? '') ?? [];
    if (head !== undefined && line < current.contentEnd) return { line, repeated: [head], options: '' };
  }
  const line = language.topLevelLine(text, cursor.line);
  const head = lines[line ?? -1];
  if (line === undefined || head === undefined || line > cursor.line || !isOtherLanguage(head)) return undefined;
  return { line, repeated: [head], options: '' };
}

/** In a text, which has no statements, a line can be split too. */
function splitTextLine(place: CellPlace): CellEdit | undefined {
  const { lines, cursor, current } = place;
  const content = lines[cursor.line] ?? '';
  const [sign = ''] = /^(?:#|\/\/)(?: MAGIC(?: %md\S*)?)? ?/.exec(content) ?? [];
  const [left, right] = [content.slice(0, cursor.character), content.slice(cursor.character)];
  const isInside = cursor.line > current.start && cursor.character > sign.length && right.trim() !== '';
  if (current.cell.kind === 'code' || sign === '' || !isInside) return undefined;
  const next = sign.replace(/%md\S* ?/, '');
  const above = [left.trimEnd(), ...(isSpaced(place) ? [''] : []), ...beginningOf(place, current.cell.kind)];
  return {
    changes: [{ from: cursor.line, to: cursor.line + 1, lines: [...above, next + right.trimStart()] }],
    cursor: { line: cursor.line + above.length, character: next.length },
  };
}

interface Quotes {
  readonly first: number;
  readonly last: number;
  readonly open: string;
  readonly close: string;
}

/** The lines of those of a text that is a string or a block comment, if the cursor is in it. */
function quotesAround({ language, lines, cursor, current }: CellPlace): Quotes | undefined {
  if (current.cell.kind === 'code') return undefined;
  const first = lines.findIndex((line, index) => index > current.start && !isBlank(line));
  const last = current.contentEnd - 1;
  const isInside = cursor.line >= first && cursor.line <= last && first < last;
  const isPython = language.commentSign === '#';
  const [open] = (isPython ? /^[rR]?("""|''')/ : /^\/\*+/).exec(lines[first]?.trim() ?? '') ?? [];
  if (!isInside || open === undefined || !isWhole(lines.slice(first, last + 1), language.commentSign)) return undefined;
  return { first, last, open, close: isPython ? open.slice(-3) : '*/' };
}

function splitString(place: CellPlace, { first, last, open, close }: Quotes): CellEdit {
  const { cursor, lines, current } = place;
  const isAtEnd = cursor.character >= (lines[cursor.line] ?? '').trimEnd().length;
  const line = Math.min(Math.max(isAtEnd ? cursor.line + 1 : cursor.line, first + 1), last);
  const added = [close, ...(isSpaced(place) ? [''] : []), ...beginningOf(place, current.cell.kind), open];
  return { changes: [insertion(line, added)], cursor: { line: line + added.length, character: 0 } };
}

/** The line that becomes the first of the new cell. */
function splitLine({ language, text, lines, cursor, current }: CellPlace, magic: Magic | undefined): number {
  const { line, character } = cursor;
  const content = lines[line] ?? '';
  if (isBlank(content)) return line + 1;
  const isAtEnd = character >= content.trimEnd().length;
  if (magic && line >= magic.line) return Math.max(isAtEnd ? line + 1 : line, magic.line + 1);
  const statement = current.cell.kind === 'code' ? language.topLevelLine(text, line) : undefined;
  if (statement === undefined || statement > line) return isAtEnd ? line + 1 : line;
  const endsHere = language.topLevelLine(text, line + 1) !== statement;
  return isAtEnd && endsHere ? line + 1 : statement;
}
