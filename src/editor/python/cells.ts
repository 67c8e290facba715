import { outlineCellsIn, type OutlinedCell } from '../cells/cellOutline.js';
import {
  codeOfCellIn,
  findCellsIn,
  markdownOfCellIn,
  markerAtLine,
  newMarkerIn,
  type Cell,
  type CellCode,
} from '../cells/cells.js';
import type { CellMarker } from '../cells/cellMarkers.js';
import type { CellOptions, CellSource } from '../cells/cellSource.js';
import { hasCommentedMagics, withCellMagic, withLineMagics } from './commentedMagics.js';
import { databricksMagic } from './databricksMagic.js';
import { dedent } from './dedent.js';
import { commentedCode } from './languageMagic.js';
import { lastIndex } from '../lastIndex.js';
import { findLightCells, lightContent, lightMarker } from './lightCells.js';
import { logicalLinesOf, type LogicalLines } from './logicalLines.js';
import { jupytextMarker, usualPythonMarker } from './usualMarker.js';

/** The cells of Python source. */
export function findCells(written: string, options: CellOptions = {}): Cell[] {
  const { text, source } = readCells(written, options);
  const cells = findCellsIn(source, options);
  return cells.length === 0 && options.format === 'light' ? findLightCells(text, source) : cells;
}

/** The cells of Python source with their names. */
export function outlineCells(written: string, cells: readonly Cell[], options: CellOptions = {}): OutlinedCell[] {
  const { text, source } = readCells(written, options);
  return isLight(written, options)
    ? outlineCellsIn(new PythonCells(logicalLinesOf(text), lightMarker), cells, {})
    : outlineCellsIn(source, cells, options);
}

/** The code of a cell; empty if there is none. */
export function codeOfCell(
  written: string,
  cell: Pick<Cell, 'startLine' | 'endLine'>,
  options: CellOptions = {},
): CellCode {
  const { text, source, isJupytext } = readCells(written, options);
  const content = isLight(written, options) ? lightContent(source, cell) : cell;
  const found = codeOfCellIn(source, content, options);
  if (!found) {
    const all = text.split(/\r\n|\r|\n/);
    const commented = { startLine: cell.startLine, endLine: content.endLine };
    return databricksMagic(all, cell) ?? commentedCode(all, commented) ?? { code: '', firstLine: cell.startLine };
  }
  const code = wholeLines(text, found.startLine, found.endLine);
  return { code: isJupytext ? withCellMagic(code) : code, firstLine: found.startLine };
}

/** The Markdown of a cell of text; empty for other cells. */
export function markdownOfCell(
  text: string,
  cell: Pick<Cell, 'startLine' | 'endLine' | 'kind'>,
  options: CellOptions = {},
): string {
  const { source } = readCells(text, options);
  const content = isLight(text, options) ? lightContent(source, cell) : cell;
  return markdownOfCellIn(source, { ...cell, ...content }, { ...options, commentSign: '#' });
}

/** The text of lines, ready to run: moved left if the first statement is indented, as in a cell inside a block. */
export function wholeLines(text: string, startLine: number, lastLine?: number): string {
  const lines = logicalLinesOf(text);
  const endLine = lastLine ?? lines.starts.length - 1;
  const first = lines.logical[lastIndex(lines.logical, (each) => each.startLine < startLine) + 1];
  return dedent(lines, startLine, endLine, Math.min(first?.startLine ?? startLine, endLine));
}

/** The marker of a new cell at the end of the file; none between paragraphs. */
export function newMarker(text: string, options: CellOptions): string | undefined {
  return isLight(text, options) ? undefined : newMarkerIn(readCells(text, options).source, '# %%', options);
}

export function markerAt(text: string, line: number, options: CellOptions): CellMarker | undefined {
  return markerAtLine(readCells(text, options).source, line, options);
}

/** Whether the cells of a text are those of the light format. */
function isLight(written: string, { format, ...options }: CellOptions): boolean {
  if (format !== 'light') return false;
  const lines = logicalLinesOf(written);
  const known = withoutMarkers.get(lines);
  if (known && known.marker === options.marker) return known.isLight;
  const isLight = findCellsIn(readCells(written, { format }).source, options).length === 0;
  withoutMarkers.set(lines, { marker: options.marker, isLight });
  return isLight;
}

const withoutMarkers = new WeakMap<LogicalLines, { readonly marker: string | undefined; readonly isLight: boolean }>();

interface ReadCells {
  readonly text: string;
  readonly isJupytext: boolean;
  readonly source: PythonCells;
}

/** What the cells of a text are read from: in Jupytext's files, the magics in comments are magics. */
function readCells(written: string, { format }: CellOptions): ReadCells {
  const lines = logicalLinesOf(written);
  const hasMagics = hasCommentedMagics(written);
  if (!hasMagics && format !== 'light') return { text: written, isJupytext: false, source: new PythonCells(lines) };
  const known = jupytexts.get(lines);
  if (known) return known;
  const text = withLineMagics(written);
  const marker = hasMagics ? jupytextMarker : usualPythonMarker;
  const read = { text, isJupytext: true, source: new PythonCells(logicalLinesOf(text), marker) };
  jupytexts.set(lines, read);
  return read;
}

const jupytexts = new WeakMap<LogicalLines, ReadCells>();

class PythonCells implements CellSource {
  readonly #lines: LogicalLines;

  constructor(
    lines: LogicalLines,
    readonly usualMarker = usualPythonMarker,
  ) {
    this.#lines = lines;
  }

  get lineCount(): number {
    return this.#lines.starts.length;
  }

  get commentLines(): readonly number[] {
    return this.#lines.kinds.flatMap((kind, line) => (kind === 'comment' ? line : []));
  }

  lineText(line: number): string {
    const { text, starts, ends } = this.#lines;
    return text.slice(starts[line], ends[line]);
  }

  holdsCode(firstLine: number, lastLine: number): boolean {
    return this.#lines.logical.some(({ startLine }) => startLine >= firstLine && startLine <= lastLine);
  }
}
