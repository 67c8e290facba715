import * as vscode from 'vscode';
import { replacementOf, type CellEdit } from '../editor/cellEdits/cellEdit.js';
import { cellPlaceIn, placeAt, type CellPlace } from '../editor/cellEdits/cellPlace.js';
import { blocksAt, type CellEdits, together } from '../editor/cellEdits/severalCells.js';
import { cellOptions } from '../editor/cells/documentCells.js';
import { languageOf } from '../editor/languages.js';
import type { CommandContext } from './commandContext.js';
import type { Cursors } from './cursors.js';
import { editorLineOf, type EditorLine } from './editorLine.js';

/**
 * A handler that changes the text of cells in one step that can be undone, for all cursors. Neighboring cells that have
 * cursors are one block to it, unless it is for each cursor alone.
 */
export function editCell(edit: (place: CellPlace) => CellEdit | undefined, { alone = false } = {}) {
  return async ({ cursors }: CommandContext, argument: unknown): Promise<void> => {
    const target = editorLineOf(argument, cursors);
    if (!target) return;
    // VS Code refuses an edit of a text that the user has just changed.
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const place = cellPlaceOf(target);
      if (!place) {
        tellUnknownMarker(target);
        return;
      }
      const { selections } = target;
      const places = alone ? selections.map(({ active }) => placeAt(place, active)) : blocksAt(place, selections);
      const wanted = together(places.flatMap((each) => edit(each) ?? []));
      if (wanted.changes.length === 0 || (await applyEdit(cursors, target.editor, wanted))) return;
    }
    tell(vscode.l10n.t('ExtSession: The cell was not changed. The file is read-only, or another change was faster.'));
  };
}

const MOST_TRIES = 3;

/** Selects the cells at the cursors, with their markers. */
export function selectCell({ cursors }: CommandContext, argument: unknown): void {
  const target = editorLineOf(argument, cursors);
  const place = target && cellPlaceOf(target);
  if (!target || !place) return;
  const { editor, selections } = target;
  const ranges = new Map(blocksAt(place, selections).map(({ current }) => [current.start, current]));
  editor.selections = [...ranges.values()].map(({ start, contentEnd }) => {
    const end = editor.document.lineAt(Math.max(start, contentEnd - 1)).range.end;
    return new vscode.Selection(new vscode.Position(start, 0), end);
  });
}

/** The cells of the editor's text; undefined when the marker that is set does not say what a cell begins with. */
export function cellPlaceOf({ editor: { document }, selections: [{ active }] }: EditorLine): CellPlace | undefined {
  const language = languageOf(document.languageId);
  return language && cellPlaceIn(language, document.getText(), active, cellOptions(document));
}

/** Changes the text and moves the cursors; false if the text cannot be changed, or is another one by now. */
export async function applyEdit(
  cursors: Cursors,
  editor: vscode.TextEditor,
  { changes, cursors: ends }: CellEdits,
): Promise<boolean> {
  const { version } = editor.document;
  const lines = editor.document.getText().split(/\r\n|\r|\n/);
  const isApplied = await editor.edit((builder) => {
    for (const { start, end, text } of changes.map((change) => replacementOf(change, lines))) {
      builder.replace(new vscode.Range(start.line, start.character, end.line, end.character), text);
    }
  });
  // VS Code says that it has changed a read-only text, too.
  if (!isApplied || editor.document.version === version) return false;
  const [first, ...others] = ends;
  if (first && others.length === 0) cursors.moveTo(editor, first.line, first.character);
  else if (first) cursors.moveAllTo(editor, [first, ...others]);
  return true;
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
  tell(text);
}

function tell(text: string): void {
  vscode.window.setStatusBarMessage(text, 5000);
}
