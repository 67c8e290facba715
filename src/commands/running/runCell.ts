import type * as vscode from 'vscode';
import { cellIndexAt, type Cell } from '../../editor/cells/cells.js';
import { insertCellBelow } from '../../editor/cellEdits/insertCell.js';
import { together } from '../../editor/cellEdits/severalCells.js';
import { cellsIn } from '../../editor/cells/documentCells.js';
import type { CommandContext } from '../commandContext.js';
import type { Cursors } from '../cursors.js';
import { applyEdit, cellPlaceOf } from '../editCell.js';
import { pieceOfCell } from './pieceOfCell.js';
import { runThroughLine, runToLine } from './runAroundLine.js';
import { runInOrder } from './runCode.js';
import { tellNothingToRun } from '../sourceEditor.js';
import { editorLineOf, type EditorLine, inLine } from '../editorLine.js';

/**
 * Runs the cell at the cursor as one command, or shows its Markdown; a file without cells counts as one cell. With
 * several cursors, runs the cells of all in the order of the text, up to the first that fails.
 */
export async function runCell(context: CommandContext, argument: unknown): Promise<void> {
  const place = editorLineOf(argument, context.cursors);
  if (place) await runEach(context, place.editor.document, chosenCells(place));
}

/** Runs the cells like Run Cell and goes to the next one, or adds a new cell after the last one. */
export async function runCellAndAdvance(context: CommandContext, argument: unknown): Promise<void> {
  const place = editorLineOf(argument, context.cursors);
  if (!place) return;
  const { editor } = place;
  const { cells } = cellsAround(place);
  const chosen = chosenCells(place);
  const last = chosen.at(-1);
  const next = cells.find(({ startLine }) => last && startLine > last.startLine);
  // Submitted before the cursor moves, so that the next key press finds the next cell.
  const running = runEach(context, editor.document, chosen);
  if (next) context.cursors.moveTo(editor, next.startLine);
  else if (last && cells.length > 0) await appendCell(context.cursors, editor, last);
  await running;
}

/** Runs the cells above the one at the cursor, each as a separate command, up to the first that fails. */
export async function runCellsAbove(context: CommandContext, argument: unknown): Promise<void> {
  const place = editorLineOf(argument, context.cursors);
  if (!place) return;
  const { cells, index } = cellsAround(place);
  await runEach(context, place.editor.document, cells.slice(0, Math.max(0, index)));
}

/** Runs the cell at the cursor and the cells below it, up to the first that fails. */
export async function runCellAndBelow(context: CommandContext, argument: unknown): Promise<void> {
  const place = editorLineOf(argument, context.cursors);
  if (!place) return;
  const { cells, index, current } = cellsAround(place);
  await runEach(context, place.editor.document, cells.length > 0 ? cells.slice(index) : [current]);
}

/** Runs all cells of the file, up to the first that fails; a file without cells counts as one cell. */
export async function runAll(context: CommandContext, argument: unknown): Promise<void> {
  const place = editorLineOf(argument, context.cursors);
  if (!place) return;
  const { cells, current } = cellsAround(place);
  await runEach(context, place.editor.document, cells.length > 0 ? cells : [current]);
}

/** Runs the cells up to the one at the cursor, with it; in a file without cells, the code up to the statement there. */
export async function runToHere(context: CommandContext, argument: unknown): Promise<void> {
  const place = editorLineOf(argument, context.cursors);
  if (!place) return;
  const { cells, index } = cellsAround(place);
  if (cells.length === 0) await runThroughLine(context, argument);
  else await runEach(context, place.editor.document, cells.slice(0, index < 0 ? cells.length : index + 1));
}

/** Runs the cells above the one at the cursor; in a file without cells, the code above the statement there. */
export async function runAbove(context: CommandContext, argument: unknown): Promise<void> {
  const place = editorLineOf(argument, context.cursors);
  if (place && cellsAround(place).cells.length === 0) await runToLine(context, argument);
  else await runCellsAbove(context, argument);
}

/** The cell at a line; without cells, the whole file. */
export function cellAround(place: EditorLine): Cell {
  return cellsAround(place).current;
}

function cellsAround({ editor: { document }, line }: EditorLine) {
  const cells = cellsIn(document);
  const index = cellIndexAt(cells, line);
  const whole: Cell = { startLine: 0, endLine: document.lineCount - 1, kind: 'code', title: '' };
  return { cells, index, current: cells[index] ?? whole };
}

/** The cells of all cursors, in the order of the text. */
function chosenCells(place: EditorLine): Cell[] {
  const { cells, current } = cellsAround(place);
  const chosen = new Set(place.selections.map(({ active }) => cells[cellIndexAt(cells, active.line)]));
  const inOrder = cells.filter((cell) => chosen.has(cell));
  return inOrder.length > 0 ? inOrder : [current];
}

async function runEach(context: CommandContext, document: vscode.TextDocument, cells: readonly Cell[]): Promise<void> {
  const pieces = cells.flatMap((cell) => pieceOfCell(document, cell) ?? []);
  if (pieces.length > 0) await runInOrder(context, document, pieces);
  else tellNothingToRun();
}

/** Adds an empty cell at the end of the file, unless there is one. */
async function appendCell(cursors: Cursors, editor: vscode.TextEditor, lastCell: Cell): Promise<void> {
  const { document } = editor;
  const isEmpty = lastCell.kind === 'code' && !pieceOfCell(document, lastCell);
  const place = isEmpty ? undefined : cellPlaceOf(inLine(editor, lastCell.endLine));
  if (place) await applyEdit(cursors, editor, together([insertCellBelow(place)]));
}
