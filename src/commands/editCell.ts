import * as vscode from 'vscode';
import { replacementOf, type CellEdit, type TextPosition } from '../editor/cellEdits/cellEdit.js';
import { cellPlaceIn, type CellPlace } from '../editor/cellEdits/cellPlace.js';
import { cellOptions } from '../editor/cells/documentCells.js';
import { languageOf } from '../editor/languages.js';
import type { CommandContext } from './commandContext.js';
import type { Cursors } from './cursors.js';
import { editorLineOf, type EditorLine } from './editorLine.js';

/** A handler that changes the text of cells in one step that can be undone. */
export function editCell(edit: (place: CellPlace) => CellEdit | undefined) {
  return async ({ cursors }: CommandContext, argument: unknown): Promise<void> => {
    const target = editorLineOf(argument, cursors);
    if (!target) return;
    // VS Code refuses an edit of a text that the user has just changed.
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const place = cellPlaceOf(target);
      if (!place) tellUnknownMarker(target);
      const wanted = place && edit(place);
      if (!wanted || (await applyEdit(cursors, target.editor, wanted))) return;
    }
  };
}

const MOST_TRIES = 3;

/** Selects the cell at the cursor, with its marker. */
export function selectCell({ cursors }: CommandContext, argument: unknown): void {
  const target = editorLineOf(argument, cursors);
  const place = target && cellPlaceOf(target);
  if (!target || !place) return;
  const { start, contentEnd } = place.current;
  const end = target.editor.document.lineAt(Math.max(start, contentEnd - 1)).range.end;
  target.editor.selection = new vscode.Selection(new vscode.Position(start, 0), end);
}

/** The cells of the editor's text; undefined when the marker that is set does not say what a cell begins with. */
export function cellPlaceOf({ editor, line }: EditorLine): CellPlace | undefined {
  const { document, selection } = editor;
  const language = languageOf(document.languageId);
  const cursor: TextPosition = selection.active.line === line ? selection.active : { line, character: 0 };
  return language && cellPlaceIn(language, document.getText(), cursor, cellOptions(document));
}

/** Changes the text and moves the cursor; false if the text cannot be changed, or is another one by now. */
export async function applyEdit(
  cursors: Cursors,
  editor: vscode.TextEditor,
  { changes, cursor }: CellEdit,
): Promise<boolean> {
  const lines = editor.document.getText().split(/\r\n|\r|\n/);
  const isApplied = await editor.edit((builder) => {
    for (const { start, end, text } of changes.map((change) => replacementOf(change, lines))) {
      builder.replace(new vscode.Range(start.line, start.character, end.line, end.character), text);
    }
  });
  if (isApplied && cursor) cursors.moveTo(editor, cursor.line, cursor.character);
  return isApplied;
}

/** Whether the user has set a marker, rather than the format without markers. */
function hasMarker(document: vscode.TextDocument): boolean {
  return cellOptions(document).marker.trim() !== '';
}

function tellUnknownMarker({ editor: { document } }: EditorLine): void {
  const text = hasMarker(document)
    ? vscode.l10n.t(
        "ExtSession: Commands cannot write the markers that 'extsession.cells.marker' matches. Clear the setting to use the default markers.",
      )
    : vscode.l10n.t('ExtSession: Commands cannot edit cells of the light format, which have no markers.');
  vscode.window.setStatusBarMessage(text, 5000);
}
