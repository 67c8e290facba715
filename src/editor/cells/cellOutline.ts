import { markersIn } from './cellMarkers.js';
import type { Cell } from './cells.js';
import type { CellOptions, CellSource } from './cellSource.js';

/** A cell as it appears in an outline. Lines count from 0, both ends included. */
export interface OutlinedCell {
  /** Empty if nothing in the cell can serve as a name. */
  readonly name: string;
  readonly kind: Cell['kind'];
  readonly startLine: number;
  /** The end of the last cell nested in this one, or its own end. */
  readonly endLine: number;
  readonly children: readonly OutlinedCell[];
}

interface Growing extends OutlinedCell {
  endLine: number;
  readonly children: Growing[];
}

type Nameable = Omit<OutlinedCell, 'children'> & { readonly level: number };

const LONGEST_NAME = 100;
/** No name comes from behind that. */
const LONGEST_LINE = 1000;

/**
 * The cells of a file with names and nesting: as in Spyder, a cell that starts with `# %%%` is nested in the `# %%`
 * cell before it.
 */
export function outlineCellsIn(source: CellSource, cells: readonly Cell[], options: CellOptions): OutlinedCell[] {
  const comments = new Set(source.commentLines);
  const starts = cells.map(({ startLine }) => startLine).filter((line) => comments.has(line));
  const marks = new Map(markersIn(source, starts, options).map(({ line, text }) => [line, text]));
  return nest(
    cells.map((cell, index) => {
      const { kind, startLine, endLine } = cell;
      const mark = marks.get(startLine);
      return { kind, startLine, endLine, name: nameOf(source, cell, comments, mark), level: levelOf(mark, index) };
    }),
  );
}

function nest(cells: readonly Nameable[]): OutlinedCell[] {
  const outlined: Growing[] = [];
  const open: { readonly level: number; readonly cell: Growing }[] = [];
  for (const { level, ...own } of cells) {
    while ((open.at(-1)?.level ?? -1) >= level) open.pop();
    const cell: Growing = { ...own, children: [] };
    (open.at(-1)?.cell.children ?? outlined).push(cell);
    for (const above of open) above.cell.endLine = cell.endLine;
    open.push({ level, cell });
  }
  return outlined;
}

/** Nothing is nested in the code before the first marker, nor in paragraphs. */
function levelOf(mark: string | undefined, index: number): number {
  return mark === undefined && index === 0 ? Infinity : (/%%+/.exec(mark ?? '')?.[0].length ?? 2);
}

/** A title that consists of dashes is a separator, not a name. */
function nameOf(source: CellSource, cell: Cell, comments: ReadonlySet<number>, mark: string | undefined): string {
  if (/[\p{L}\p{N}]/u.test(cell.title)) return cell.title;
  const isText = cell.kind !== 'code';
  let first = '';
  for (let line = cell.startLine + (mark === undefined ? 0 : 1); line <= cell.endLine; line++) {
    // Comments before the first marker describe the file.
    if (mark === undefined && !isText && comments.has(line)) continue;
    const text = bare(source.lineText(line).slice(0, LONGEST_LINE).trim(), isText, comments.has(line));
    const heading = isText ? headingIn(text) : undefined;
    if (heading !== undefined) return shortened(heading);
    first ||= text;
    if (first && !isText) break;
  }
  return shortened(first);
}

/** The text of a heading in Markdown, which may end with more signs. */
function headingIn(text: string): string | undefined {
  const [sign] = /^#{1,6}\s+/.exec(text) ?? [];
  return sign === undefined ? undefined : text.slice(sign.length).replace(/#+$/, '').trimEnd();
}

const quotes = /^(?:[rR]?(?:"""|''')|\/\*+)|(?:"""|'''|\*\/)$/g;

/**
 * Removes the comment sign of a comment; text in a string or a block comment has none. Further signs are a heading's.
 */
function bare(text: string, isText: boolean, isComment: boolean): string {
  if (!isComment) return isText ? text.replace(quotes, '').trim() : text;
  const sign = isText ? /^(?:#|\/\/)\s?/ : /^(?:#+|\/\/+)\s*/;
  return text
    .replace(sign, '')
    .replace(/^MAGIC(?:\s+%md(?:-sandbox)?\b)?\s?/, '')
    .trim();
}

function shortened(text: string): string {
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME - 1)}…` : text;
}
