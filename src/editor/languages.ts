import type { Fold } from './cells/cellFolds.js';
import type { OutlinedCell } from './cells/cellOutline.js';
import type { Cell, CellCode } from './cells/cells.js';
import type { CellMarker } from './cells/cellMarkers.js';
import type { CellOptions } from './cells/cellSource.js';
import * as javascriptCells from './javascript/cells.js';
import * as javascriptFolds from './javascript/folds.js';
import * as javascriptNames from './javascript/localNames.js';
import * as javascriptSelection from './javascript/selection.js';
import { SourceReader, type Dialect } from './javascript/sourceReader.js';
import * as pythonFolds from './python/folds.js';
import * as pythonNames from './python/localNames.js';
import type { Position } from './python/physicalLines.js';
import * as pythonCells from './python/cells.js';
import * as pythonSelection from './python/selection.js';
import type { CodeToRun, TextSelection } from './python/selection.js';

/** How the editor reads a language. All functions are pure and work on texts with syntax errors. */
export interface SourceLanguage {
  /** What a comment to the end of its line begins with. */
  readonly commentSign: '#' | '//';
  codeToRun(text: string, selection: TextSelection): CodeToRun;
  /** The first line of the top-level statement at a line, or of the next one; undefined if there is none. */
  topLevelLine(text: string, line: number): number | undefined;
  /** The first line of the code that a line is part of; the line itself in a comment or between statements. */
  firstLineOf(text: string, line: number): number;
  /**
   * Whether a name is local to the function or block around it, or is not a name, so that a global one is a different
   * name.
   */
  isLocalName(text: string, position: Position): boolean;
  /** The last line that assigns a global variable, counted from 0; undefined if none does. */
  assignedLine(text: string, name: string): number | undefined;
  findCells(text: string, options: CellOptions): Cell[];
  outlineCells(text: string, cells: readonly Cell[], options: CellOptions): OutlinedCell[];
  codeOfCell(text: string, cell: Pick<Cell, 'startLine' | 'endLine'>, options: CellOptions): CellCode;
  /** The Markdown of a cell of text; empty for other cells. */
  markdownOfCell(text: string, cell: Pick<Cell, 'startLine' | 'endLine' | 'kind'>, options: CellOptions): string;
  /** The marker of a new cell below all others; undefined when the user's own marker does not say what it can be. */
  newMarker(text: string, options: CellOptions): string | undefined;
  /** The marker of a cell that stands in a line. */
  markerAt(text: string, line: number, options: CellOptions): CellMarker | undefined;
  /** The folding ranges of a text with these cells, including those that it would have without cells. */
  findFolds(text: string, cells: readonly Cell[]): Fold[];
  /** The text of lines, ready to run, up to the last line of the text unless another one is given. */
  wholeLines(text: string, startLine: number, lastLine?: number): string;
}

const python: SourceLanguage = {
  commentSign: '#',
  ...pythonSelection,
  ...pythonNames,
  ...pythonCells,
  ...pythonFolds,
};

const languages: Readonly<Record<string, SourceLanguage>> = {
  python,
  // VS Code also uses 'javascript' for files with JSX, unless the file name says more.
  javascript: javascript('jsx'),
  javascriptreact: javascript('jsx'),
  typescript: javascript('ts'),
  typescriptreact: javascript('ts jsx'),
};

/** VS Code's identifiers of the languages that sessions can run. */
export const languageIds: readonly string[] = Object.keys(languages);

/** Undefined for a language that no session can run. */
export function languageOf(languageId: string): SourceLanguage | undefined {
  return Object.hasOwn(languages, languageId) ? languages[languageId] : undefined;
}

function javascript(dialect: Dialect): SourceLanguage {
  const reader = new SourceReader(dialect);
  return {
    commentSign: '//',
    codeToRun: (...args) => javascriptSelection.codeToRun(reader, ...args),
    topLevelLine: (...args) => javascriptSelection.topLevelLine(reader, ...args),
    firstLineOf: (...args) => javascriptSelection.firstLineOf(reader, ...args),
    isLocalName: (...args) => javascriptNames.isLocalName(reader, ...args),
    assignedLine: (...args) => javascriptNames.assignedLine(reader, ...args),
    findCells: (...args) => javascriptCells.findCells(reader, ...args),
    outlineCells: (...args) => javascriptCells.outlineCells(reader, ...args),
    codeOfCell: (...args) => javascriptCells.codeOfCell(reader, ...args),
    markdownOfCell: (...args) => javascriptCells.markdownOfCell(reader, ...args),
    findFolds: (...args) => javascriptFolds.findFolds(reader, ...args),
    newMarker: (...args) => javascriptCells.newMarker(reader, ...args),
    markerAt: (...args) => javascriptCells.markerAt(reader, ...args),
    wholeLines: (...args) => javascriptCells.wholeLines(reader, ...args),
  };
}
