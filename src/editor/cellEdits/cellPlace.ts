import { cellIndexAt, type Cell } from '../cells/cells.js';
import type { CellMarker } from '../cells/cellMarkers.js';
import type { CellOptions } from '../cells/cellSource.js';
import type { SourceLanguage } from '../languages.js';
import type { TextPosition } from './cellEdit.js';

/** The lines of a cell that a command moves, deletes or selects. */
export interface CellSpan {
  readonly cell: Cell;
  /** The marker; without one, the first line of code, because comments above it belong to the file. */
  readonly start: number;
  /** The line after the last one with text. */
  readonly contentEnd: number;
}

/** The cells of a text and the one at the cursor. */
export interface CellPlace {
  readonly language: SourceLanguage;
  readonly text: string;
  readonly lines: readonly string[];
  readonly cursor: TextPosition;
  /** At least one: a text without markers counts as a cell. */
  readonly spans: readonly CellSpan[];
  readonly index: number;
  readonly current: CellSpan;
  /** The cells that `current` consists of, where several neighbors are meant. */
  readonly block: readonly CellSpan[];
  /** What a new cell with code begins with. */
  readonly marker: string;
  readonly markerAt: (line: number) => CellMarker | undefined;
}

/** Undefined when the user's own marker does not say what a new cell begins with. */
export function cellPlaceIn(
  language: SourceLanguage,
  text: string,
  cursor: TextPosition,
  options: CellOptions,
): CellPlace | undefined {
  const marker = language.newMarker(text, options);
  const lines = text.split(/\r\n|\r|\n/);
  const whole: Cell = { startLine: 0, endLine: lines.length - 1, kind: 'code', title: '', isUnmarked: true };
  const found = language.findCells(text, options);
  const spans = (found.length > 0 ? found : [whole]).map((cell) => spanOf(cell, language, text, lines));
  const [first] = spans;
  if (marker === undefined || !first) return undefined;
  const markerAt = (line: number) => language.markerAt(text, line, options);
  const place = { language, text, lines, cursor, spans, index: 0, current: first, block: [first], marker, markerAt };
  return placeAt(place, cursor);
}

/** The same cells with the cursor elsewhere. */
export function placeAt(place: CellPlace, cursor: TextPosition): CellPlace {
  const cells = place.spans.map(({ cell }) => cell);
  const index = Math.max(0, cellIndexAt(cells, cursor.line));
  const current = place.spans[index] ?? place.current;
  return { ...place, cursor, index, current, block: [current] };
}

/** Whether cells of this text are separated by blank lines, which is the default. */
export function isSpaced({ spans, lines }: CellPlace): boolean {
  const last = spans.findLast(({ cell }) => cell.startLine > 0);
  return last === undefined || isBlank(lines[last.cell.startLine - 1]);
}

export function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}

export function isDatabricks(marker: string): boolean {
  return marker.includes('COMMAND');
}

/** Whether a cell begins without a marker of its own that says what it is. */
export function isHeadless({ lines }: CellPlace, { cell }: CellSpan): boolean {
  return cell.isUnmarked === true && !isHeading(lines[cell.startLine]);
}

/** The first lines of a new cell of a kind. */
export function beginningOf(place: CellPlace, kind: Cell['kind']): readonly string[] {
  const { language } = place;
  const marker = markerLike(place);
  if (kind === 'code') return [marker];
  if (isDatabricks(marker)) return [marker, `${language.commentSign} MAGIC %md`];
  return [`${marker} [${kind}]`];
}

/** The marker of a new cell beside the current one: where that one is nested, as in Spyder, so is the new one. */
export function markerLike({ marker, markerAt, current }: CellPlace): string {
  const level = /%%+/.exec(markerAt(current.start)?.lead ?? '')?.[0];
  return level === undefined ? marker : marker.replace(/%%+/, level);
}

/** The first line of a Databricks notebook stays where it is, whatever happens to the first cell. */
function isHeading(line: string | undefined): boolean {
  return line !== undefined && /^(?:#|\/\/) Databricks notebook source\s*$/.test(line);
}

function spanOf(found: Cell, language: SourceLanguage, text: string, lines: readonly string[]): CellSpan {
  const isHeaded = isHeading(lines[found.startLine]);
  const cell: Cell = isHeaded ? { ...found, isUnmarked: true } : found;
  const code = !isHeaded && cell.isUnmarked ? language.topLevelLine(text, 0) : undefined;
  let start = code ?? cell.startLine;
  if (isHeaded)
    do start++;
    while (start <= cell.endLine && isBlank(lines[start]));
  let contentEnd = cell.endLine + 1;
  while (contentEnd > start && isBlank(lines[contentEnd - 1])) contentEnd--;
  return { cell, start, contentEnd };
}
