import type * as vscode from 'vscode';
import type { Command } from '../../host/sessions/command.js';
import type { CommandContext } from '../commandContext.js';
import { editorLineOf } from '../editorLine.js';
import { sourceEditor, tellNothingToRun } from '../sourceEditor.js';
import { pieceOfCell } from './pieceOfCell.js';
import { cellAround } from './runCell.js';
import { commandOf, showPanel, type DocumentPiece } from './runCode.js';
import { piecesOf } from './runSelection.js';

/** Code to run as one command, and the document that it is in. */
export interface ChosenCode {
  readonly document: vscode.TextDocument;
  /** Undefined if there is none. */
  readonly piece: DocumentPiece | undefined;
}

/** The cell at the cursor; a file without cells counts as one cell. */
export function chosenCell(context: CommandContext, argument: unknown): ChosenCode | undefined {
  const place = editorLineOf(argument, context.cursors);
  if (!place) return undefined;
  const { document } = place.editor;
  return { document, piece: pieceOfCell(document, cellAround(place)) };
}

/** The selection, or the statement at the cursor. */
export function chosenSelection({ cursors }: CommandContext): ChosenCode | undefined {
  const editor = sourceEditor();
  if (!editor) return undefined;
  const [piece] = piecesOf(editor.document, [cursors.selectionOf(editor)]);
  return { document: editor.document, piece };
}

/** All code of the file. */
export function chosenFile(): ChosenCode | undefined {
  const document = sourceEditor()?.document;
  return document && { document, piece: { code: document.getText(), firstLine: 0 } };
}

/** The command for that code, for which the panel is shown. Without code, a message says so. */
export function commandFor({ panel }: CommandContext, { document, piece }: ChosenCode): Command | undefined {
  if (!piece || !('code' in piece) || piece.code.trim() === '') {
    tellNothingToRun();
    return undefined;
  }
  showPanel(panel);
  return commandOf(document, piece);
}
