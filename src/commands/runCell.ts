import * as vscode from 'vscode';
import type { Cell, CellCode } from '../editor/cells/cells.js';
import { cellIndexAt, cellOptions, cellsIn } from '../editor/cells/documentCells.js';
import { languageOf } from '../editor/languages.js';
import type { CommandContext } from './commandContext.js';
import type { Cursors } from './cursors.js';
import { runCode, runInOrder } from './runCode.js';
import { tellNothingToRun } from './sourceEditor.js';
import { editorLineOf, type EditorLine } from './editorLine.js';

/** Runs the cell at the cursor as one command; a file without cells is one. */
export async function runCell(context: CommandContext, argument: unknown): Promise<void> {
  const place = editorLineOf(argument, context.cursors);
  if (place) await run(context, place.editor.document, cellsAround(place).current);
}

/** Runs the cell at the cursor and goes to the next one; below the last one, it makes a new one. */
export async function runCellAndAdvance(context: CommandContext, argument: unknown): Promise<void> {
  const place = editorLineOf(argument, context.cursors);
  if (!place) return;
  const { editor } = place;
  const { current, cells, index } = cellsAround(place);
  const next = cells[index + 1];
  // Submitted before the cursor moves, so that the next press of the key finds the next cell.
  const running = run(context, editor.document, current);
  if (next) context.cursors.moveTo(editor, next.startLine);
  else if (cells.length > 0) await appendCell(context.cursors, editor, current);
  await running;
}

/** Runs the cells above the one at the cursor, each as a command of its own, up to the first that fails. */
export async function runCellsAbove(context: CommandContext, argument: unknown): Promise<void> {
  const place = editorLineOf(argument, context.cursors);
  if (!place) return;
  const { cells, index } = cellsAround(place);
  await runEach(context, place.editor.document, cells.slice(0, Math.max(0, index)));
}

/** Runs the cell at the cursor and those below it, up to the first that fails. */
export async function runCellAndBelow(context: CommandContext, argument: unknown): Promise<void> {
  const place = editorLineOf(argument, context.cursors);
  if (!place) return;
  const { cells, index, current } = cellsAround(place);
  await runEach(context, place.editor.document, cells.length > 0 ? cells.slice(index) : [current]);
}

/** Runs every cell of the file, up to the first that fails; a file without cells is one. */
export async function runAll(context: CommandContext, argument: unknown): Promise<void> {
  const place = editorLineOf(argument, context.cursors);
  if (!place) return;
  const { cells, current } = cellsAround(place);
  await runEach(context, place.editor.document, cells.length > 0 ? cells : [current]);
}

/** As `runAll`, in a new process when there is one already. */
export async function restartAndRunAll(context: CommandContext, argument: unknown): Promise<void> {
  const place = editorLineOf(argument, context.cursors);
  if (!place) return;
  const sessions = context.sessions.of(place.editor.document.languageId);
  // The cells wait for the new process, in sight, not for the end of this promise.
  const restarted = sessions.status.state === 'none' ? undefined : sessions.restart();
  await Promise.all([restarted, runAll(context, argument)]);
}

function cellsAround({ editor: { document }, line }: EditorLine) {
  const cells = cellsIn(document);
  const index = cellIndexAt(cells, line);
  const whole: Cell = { startLine: 0, endLine: document.lineCount - 1, kind: 'code', title: '' };
  return { cells, index, current: cells[index] ?? whole };
}

async function run(context: CommandContext, document: vscode.TextDocument, cell: Cell): Promise<void> {
  const content = contentOf(document, cell);
  if (content.code !== '') await runCode(context, document, content);
  else tellNothingToRun();
}

async function runEach(context: CommandContext, document: vscode.TextDocument, cells: readonly Cell[]): Promise<void> {
  const contents = cells.map((cell) => contentOf(document, cell)).filter(({ code }) => code !== '');
  if (contents.length > 0) await runInOrder(context, document, contents);
  else tellNothingToRun();
}

/** What a cell has to run: nothing when it holds text. */
function contentOf(document: vscode.TextDocument, cell: Cell): CellCode {
  const language = cell.kind === 'code' ? languageOf(document.languageId) : undefined;
  return (
    language?.codeOfCell(document.getText(), cell, cellOptions(document)) ?? { code: '', firstLine: cell.startLine }
  );
}

/** Adds an empty cell at the end of the file, unless one is there. */
async function appendCell(cursors: Cursors, editor: vscode.TextEditor, lastCell: Cell): Promise<void> {
  const { document } = editor;
  const language = languageOf(document.languageId);
  const isEmpty = lastCell.kind === 'code' && contentOf(document, lastCell).code === '';
  const marker = language?.newMarker(document.getText(), cellOptions(document));
  if (isEmpty || marker === undefined) return;
  const last = document.lineAt(document.lineCount - 1);
  const lineBreak = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const separator = last.isEmptyOrWhitespace ? lineBreak : lineBreak + lineBreak;
  if (await editor.edit((edit) => edit.insert(last.range.end, separator + marker + lineBreak))) {
    cursors.moveTo(editor, document.lineCount - 1);
  }
}
