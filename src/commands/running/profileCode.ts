import * as path from 'node:path';
import type * as vscode from 'vscode';
import { failureNotice, showMessage } from '../../host/messages.js';
import type { CommandContext } from '../commandContext.js';
import { editorLineOf } from '../editorLine.js';
import { sourceEditor, tellNothingToRun } from '../sourceEditor.js';
import { pieceOfCell } from './pieceOfCell.js';
import { cellAround } from './runCell.js';
import { commandOf, showPanel, type DocumentCode } from './runCode.js';
import { piecesOf } from './runSelection.js';

/** Profiles the cell at the cursor; a file without cells counts as one cell. */
export async function profileCell(context: CommandContext, argument: unknown): Promise<void> {
  const place = editorLineOf(argument, context.cursors);
  if (!place) return;
  const { document } = place.editor;
  const piece = pieceOfCell(document, cellAround(place));
  await profile(context, document, piece && 'code' in piece ? piece : undefined);
}

/** Profiles the selection, or the statement at the cursor. */
export async function profileSelection(context: CommandContext): Promise<void> {
  const editor = sourceEditor();
  if (!editor) return;
  const [piece] = piecesOf(editor.document, [context.cursors.selectionOf(editor)]);
  await profile(context, editor.document, piece && 'code' in piece ? piece : undefined);
}

/** Profiles all code of the file as one command of the session. */
export async function profileFile(context: CommandContext): Promise<void> {
  const document = sourceEditor()?.document;
  if (document) await profile(context, document, { code: document.getText(), firstLine: 0 });
}

async function profile(
  { sessions, panel, profiles, log }: CommandContext,
  document: vscode.TextDocument,
  piece: DocumentCode | undefined,
): Promise<void> {
  if (!piece || piece.code.trim() === '') {
    tellNothingToRun();
    return;
  }
  showPanel(panel);
  try {
    const results = await sessions.execute(commandOf(document, piece), { profile: true });
    if (results) await profiles.open(results, path.basename(document.uri.path));
  } catch (error) {
    log.warn(String(error));
    void showMessage(failureNotice(error));
  }
}
