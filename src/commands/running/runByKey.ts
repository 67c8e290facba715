import * as vscode from 'vscode';
import { cellsIn } from '../../editor/cells/documentCells.js';
import { isShiftEnterOurs } from '../../host/contextKeys.js';
import type { CommandContext } from '../commandContext.js';
import { keyMeaning, type RunKey } from './keyMeaning.js';

/**
 * Does what a key does once the extension is active. It is bound until then: VS Code would edit the text, or run a
 * statement where a cell is meant. Its `when` clause does not ask for trust: VS Code's own key for that is only set
 * when all editors have been restored, seconds later, and ours when the extension is active.
 *
 * @param argument from the key binding: `{ "key": ... }` says which one it is
 */
export async function runByKey({ cursors }: CommandContext, argument: unknown): Promise<void> {
  const key = (argument as { readonly key?: RunKey } | undefined)?.key ?? 'shift+enter';
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const { document } = editor;
  const meaning = keyMeaning({
    key,
    languageId: document.languageId,
    hasCells: cellsIn(document).length > 0,
    hasSelection: !cursors.selectionOf(editor).isEmpty,
    ownsShiftEnter: isShiftEnterOurs(),
    isTrusted: vscode.workspace.isTrusted,
    isInstalled: (id) => vscode.extensions.getExtension(id) !== undefined,
    isOn: (name) => vscode.workspace.getConfiguration(undefined, document).get(name) === true,
  });
  await vscode.commands.executeCommand(meaning.vscodeCommand, ...('argument' in meaning ? [meaning.argument] : []));
}
