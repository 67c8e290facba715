import type * as vscode from 'vscode';
import type { CommandContext } from '../commandContext.js';
import { editorLineOf } from '../editorLine.js';
import { sourceEditor, tellNothingToRun } from '../sourceEditor.js';
import { cellAround } from './runCell.js';
import { commandOf, showPanel, type DocumentCode } from './runCode.js';
import { pieceOfCell } from './pieceOfCell.js';
import { piecesOf } from './runSelection.js';

/** Debugs the cell at the cursor as one command; a file without cells counts as one cell. */
export async function debugCell(context: CommandContext, argument: unknown): Promise<void> {
  const place = editorLineOf(argument, context.cursors);
  if (!place) return;
  const { document } = place.editor;
  const piece = pieceOfCell(document, cellAround(place));
  await debug(context, document, piece && 'code' in piece ? piece : undefined);
}

/** Debugs the selection, or the statement at the cursor. */
export async function debugSelection(context: CommandContext): Promise<void> {
  const editor = sourceEditor();
  if (!editor) return;
  const [piece] = piecesOf(editor.document, [context.cursors.selectionOf(editor)]);
  await debug(context, editor.document, piece);
}

/** Debugs all code of the file as one command of the session. */
export async function debugFile(context: CommandContext): Promise<void> {
  const document = sourceEditor()?.document;
  if (document) await debug(context, document, { code: document.getText(), firstLine: 0 });
}

async function debug(
  { debugging, panel }: CommandContext,
  document: vscode.TextDocument,
  piece: DocumentCode | undefined,
): Promise<void> {
  if (!piece || piece.code.trim() === '') tellNothingToRun();
  else {
    showPanel(panel);
    await debugging.debug(commandOf(document, piece));
  }
}
