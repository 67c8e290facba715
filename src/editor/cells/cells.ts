import { isMarker, markersIn, type CellMarker } from './cellMarkers.js';
import type { CellOptions, CellSource } from './cellSource.js';
import { markdownIn } from './cellText.js';

/**
 * A region of a source file between two markers. Lines count from 0, both ends included; the first holds the marker.
 */
export interface Cell {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: 'code' | 'markdown' | 'raw';
  /** The text of the marker after the sign that makes it a marker, or empty. */
  readonly title: string;
  /** Code before the first marker; in the light format, a paragraph. */
  readonly isUnmarked?: true;
}

/** The index of the cell that contains a line, or of the next cell after it; -1 without cells. */
export function cellIndexAt(cells: readonly Cell[], line: number): number {
  return cells.findIndex(({ endLine }) => endLine >= line);
}

/** Lines count from 0. */
export interface CellCode {
  readonly code: string;
  readonly firstLine: number;
}

/**
 * Finds the cells of a file. A marker is a comment at the start of a line, not inside a string or brackets. Code before
 * the first marker is also a cell. A file without markers has no cells.
 */
export function findCellsIn(source: CellSource, options: CellOptions): Cell[] {
  const markers = markersIn(source, source.commentLines, options);
  const cells = markers.map((marker, index): Cell => {
    const endLine = (markers[index + 1]?.line ?? source.lineCount) - 1;
    return { startLine: marker.line, endLine, ...describeCell(source, marker) };
  });
  const first = markers[0]?.line ?? 0;
  if (first === 0 || !source.holdsCode(0, first - 1)) return cells;
  return [{ startLine: 0, endLine: first - 1, kind: 'code', title: '', isUnmarked: true }, ...cells];
}

/**
 * The lines of a cell to run: without the marker and without leading or trailing blank lines. Undefined if there is no
 * code.
 */
export function codeOfCellIn(
  source: CellSource,
  { startLine, endLine }: Pick<Cell, 'startLine' | 'endLine'>,
  options: CellOptions,
): Pick<Cell, 'startLine' | 'endLine'> | undefined {
  if (!source.holdsCode(startLine, endLine)) return undefined;
  const hasMarker = markerAtLine(source, startLine, options) !== undefined;
  let [first, last] = [hasMarker ? startLine + 1 : startLine, endLine];
  while (source.lineText(first).trim() === '') first++;
  while (source.lineText(last).trim() === '') last--;
  return { startLine: first, endLine: last };
}

/** The Markdown of a cell of text; empty for other cells. */
export function markdownOfCellIn(
  source: CellSource,
  { startLine, endLine, kind }: Pick<Cell, 'startLine' | 'endLine' | 'kind'>,
  { commentSign, ...options }: CellOptions & { readonly commentSign: '#' | '//' },
): string {
  if (kind !== 'markdown') return '';
  const first = markerAtLine(source, startLine, options) ? startLine + 1 : startLine;
  const lines = Array.from({ length: endLine - first + 1 }, (_, index) => source.lineText(first + index));
  return markdownIn(lines, commentSign);
}

/** The marker that stands in a line. */
export function markerAtLine(source: CellSource, line: number, options: CellOptions): CellMarker | undefined {
  const comments = source.commentLines.filter((each) => each === line);
  return markersIn(source, comments, options)[0];
}

/** What a new cell below all others begins with; undefined when the user's own marker does not say. */
export function newMarkerIn(source: CellSource, usual: string, options: CellOptions): string | undefined {
  const last = markersIn(source, source.commentLines, options).at(-1)?.lead.trimEnd() ?? '';
  const likeLast = last.replace(/Databricks notebook source$/, 'COMMAND ----------');
  // Databricks knows no other marker than its own, and a file keeps to `#%%` where that is its way.
  const isFirst = likeLast.includes('COMMAND') || /^(?:#|\/\/)%%$/.test(likeLast);
  const choices = isFirst ? [likeLast, usual] : [usual, likeLast];
  return choices.find((text) => text !== '' && isMarker(text, source, options));
}

/** The kind and the title that a marker tells of. */
export function describeCell(source: CellSource, { line, text, rest }: CellMarker): Pick<Cell, 'kind' | 'title'> {
  const [, inBrackets, inPyCharm] = /\[(markdown|md|raw)\]|^\s*(md|raw)\s*(?:\{.*)?$/i.exec(rest) ?? [];
  const type = (inBrackets ?? inPyCharm)?.toLowerCase();
  const following = textsAfter(source, line);
  // Databricks keeps the title and the language of a cell on separate lines.
  const title = /^(?:#|\/\/) DBTITLE \d+,(.*)/.exec(following[0] ?? '')?.[1];
  const magic = following[title === undefined ? 0 : 1] ?? '';
  const isMarkdown =
    type === 'markdown' || type === 'md' || text.includes('markdowncell') || /^(?:#|\/\/) MAGIC\s+%md/.test(magic);
  const kind = isMarkdown ? 'markdown' : type === 'raw' ? 'raw' : 'code';
  return { kind, title: (title ?? (inPyCharm ? '' : withoutMetadata(rest))).trim() };
}

/** The next two lines with text. */
function textsAfter(source: CellSource, line: number): string[] {
  const texts: string[] = [];
  for (let next = line + 1; next < source.lineCount && texts.length < 2; next++) {
    const text = source.lineText(next);
    if (text.trim() !== '') texts.push(text);
  }
  return texts;
}

/** Removes the cell type and the metadata that Jupytext writes after the title. */
function withoutMetadata(rest: string): string {
  return rest
    .replace(/\s*\[(?:markdown|md|raw|code)\](?:\s+|(?=:)|$)/i, ' ')
    .replace(namedMetadata, '')
    .replace(metadataJson, '')
    .replace(/^[\s:]+/, '');
}

/** Names with JSON values. A bare number, as in `rate=0.1`, is more likely part of the title. */
const namedMetadata =
  /(?:^|\s)(?:[\w.-]+=(?:true|false|null|-?[\d.]+)\s+)*[\w.-]+=(?:["[{].*(?:["\]}\d]|true|false|null)|true|false|null)\s*$/;

/** A JSON object, unless it belongs to the title, as in `x = {"a": 1}`. */
const metadataJson = /(?:^|(?<![=:(,]\s*)\s)\{".*\}\s*$/;
