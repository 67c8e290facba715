import type * as vscode from 'vscode';
import { languageOf } from '../../editor/languages.js';
import type { CodeToRun } from '../../editor/python/selection.js';
import type { CommandContext } from '../commandContext.js';
import { runCode, runInOrder } from './runCode.js';
import { sourceEditor, tellNothingToRun } from '../sourceEditor.js';

/**
 * Runs the selection, or runs the statement at the cursor and advances to the next one. With several selections or
 * cursors, each is a separate command, in the order of the text, up to the first that fails, and the cursors do not
 * move.
 *
 * @param options from a keybinding: `{ "advance": false }` leaves the cursor where it is
 */
export async function runSelection(context: CommandContext, options: unknown): Promise<void> {
  const editor = sourceEditor();
  if (!editor) return;
  const { document, selections } = editor;
  if (selections.length > 1) {
    const pieces = piecesOf(document, selections);
    if (pieces.length > 0) await runInOrder(context, document, pieces);
    else tellNothingToRun();
    return;
  }
  const selection = context.cursors.selectionOf(editor);
  const [piece] = piecesOf(document, [selection]);
  if (!piece) {
    tellNothingToRun();
    return;
  }
  const advance = (options as { readonly advance?: unknown } | undefined)?.advance !== false;
  if (extended.has(editor)) return; // the key is held down, and the cursor about to move
  if (selection.isEmpty && advance) await moveOn(context, editor, piece);
  await runCode(context, document, piece);
}

/** Editors whose text is about to get another line. */
const extended = new WeakSet<vscode.TextEditor>();

/** To the next statement; below the last one to a new line, so that the key does not run the same code again. */
async function moveOn({ cursors }: CommandContext, editor: vscode.TextEditor, piece: CodeToRun): Promise<void> {
  const { document } = editor;
  const end = document.lineAt(document.lineCount - 1).range.end;
  const lastLine = piece.firstLine + piece.code.split(/\r\n|\r|\n/).length - 1;
  if (piece.nextLine <= lastLine && lastLine === end.line) {
    extended.add(editor);
    try {
      if (await editor.edit((edit) => edit.insert(end, '\n'))) cursors.moveTo(editor, end.line + 1);
    } finally {
      extended.delete(editor);
    }
    return;
  }
  cursors.moveTo(editor, piece.nextLine);
}

/** The code to run in the order of the text, without duplicates for several cursors in the same statement. */
export function piecesOf(document: vscode.TextDocument, selections: readonly vscode.Selection[]): CodeToRun[] {
  const text = document.getText();
  const language = languageOf(document.languageId);
  const pieces = selections
    .toSorted((a, b) => a.start.compareTo(b.start))
    .flatMap((selection) => language?.codeToRun(text, selection) ?? [])
    .filter(({ code }) => code !== '');
  return pieces.filter(
    (piece, index) =>
      pieces.findIndex(({ code, firstLine }) => code === piece.code && firstLine === piece.firstLine) === index,
  );
}
