import type { Fold } from './cells/cellFolds.js';
import type { OutlinedCell } from './cells/cellOutline.js';
import type { Cell, CellCode, CellOptions } from './cells/cells.js';
import * as javascriptCells from './javascript/cells.js';
import * as javascriptFolds from './javascript/folds.js';
import * as javascriptNames from './javascript/localNames.js';
import * as javascriptSelection from './javascript/selection.js';
import { SourceReader, type Dialect } from './javascript/sourceReader.js';
import * as pythonFolds from './python/folds.js';
import * as pythonNames from './python/localNames.js';
import type { Position } from './python/physicalLines.js';
import * as pythonCells from './python/pythonCells.js';
import * as pythonSelection from './python/selection.js';
import type { CodeToRun, TextSelection } from './python/selection.js';

/** How the editor reads a language. All of it is pure, and none of it needs the text to be without mistakes. */
export interface SourceLanguage {
  codeToRun(text: string, selection: TextSelection): CodeToRun;
  /** The first line of the top-level statement at a line, or of the next one; undefined when none follows. */
  topLevelLine(text: string, line: number): number | undefined;
  /** The first line of the code that a line cannot be read without; the line itself in a comment or between statements. */
  firstLineOf(text: string, line: number): number;
  /** Whether a name belongs to the function or block around it, or is none at all: a global one of that name is another. */
  isLocalName(text: string, position: Position): boolean;
  findCells(text: string, options: CellOptions): Cell[];
  outlineCells(text: string, cells: readonly Cell[], options: CellOptions): OutlinedCell[];
  codeOfCell(text: string, cell: Pick<Cell, 'startLine' | 'endLine'>, options: CellOptions): CellCode;
  /** The marker of a new cell below all others; undefined when the person's own marker does not say what it can be. */
  newMarker(text: string, options: CellOptions): string | undefined;
  /** Where a text with these cells folds: there, and wherever else it would fold without them. */
  findFolds(text: string, cells: readonly Cell[]): Fold[];
  /** The text of lines as it can run, up to the last one of the text unless another is given. */
  wholeLines(text: string, startLine: number, lastLine?: number): string;
}

const python: SourceLanguage = { ...pythonSelection, ...pythonNames, ...pythonCells, ...pythonFolds };

const languages: Readonly<Record<string, SourceLanguage>> = {
  python,
  // VS Code calls a file that holds JSX JavaScript too, unless its name says more.
  javascript: javascript('jsx'),
  javascriptreact: javascript('jsx'),
  typescript: javascript('ts'),
  typescriptreact: javascript('ts jsx'),
};

/** VS Code's identifiers of the languages that a session can run. */
export const languageIds: readonly string[] = Object.keys(languages);

/** Undefined for a language that no session can run. */
export function languageOf(languageId: string): SourceLanguage | undefined {
  return Object.hasOwn(languages, languageId) ? languages[languageId] : undefined;
}

function javascript(dialect: Dialect): SourceLanguage {
  const reader = new SourceReader(dialect);
  return {
    codeToRun: (...args) => javascriptSelection.codeToRun(reader, ...args),
    topLevelLine: (...args) => javascriptSelection.topLevelLine(reader, ...args),
    firstLineOf: (...args) => javascriptSelection.firstLineOf(reader, ...args),
    isLocalName: (...args) => javascriptNames.isLocalName(reader, ...args),
    findCells: (...args) => javascriptCells.findCells(reader, ...args),
    outlineCells: (...args) => javascriptCells.outlineCells(reader, ...args),
    codeOfCell: (...args) => javascriptCells.codeOfCell(reader, ...args),
    findFolds: (...args) => javascriptFolds.findFolds(reader, ...args),
    newMarker: (...args) => javascriptCells.newMarker(reader, ...args),
    wholeLines: (...args) => javascriptCells.wholeLines(reader, ...args),
  };
}
