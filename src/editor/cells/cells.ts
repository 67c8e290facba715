import { isMarker, markersIn, type CellMarker } from './cellMarkers.js';
import { type CellHeading, headingOf } from './cellHeading.js';
import type { CellOptions, CellSource } from './cellSource.js';
import { markdownIn } from './cellText.js';

/**
 * A region of a source file between two markers. Lines count from 0, both ends included; the first holds the marker.
 */
export interface Cell extends CellHeading {
  readonly startLine: number;
  readonly endLine: number;
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
    return { startLine: marker.line, endLine, ...headingOf(source, marker) };
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
