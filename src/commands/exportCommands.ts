import * as vscode from 'vscode';
import type { CommandContext } from './commandContext.js';
import { entryKey } from './entryCommands.js';
import { sourceEditor } from './sourceEditor.js';

/** Exports the file that a menu or an editor shows, with the outputs of its cells. */
export async function exportFile({ exports }: CommandContext, argument: unknown): Promise<void> {
  const document =
    argument instanceof vscode.Uri ? await vscode.workspace.openTextDocument(argument) : sourceEditor()?.document;
  if (document) await exports.exportFile(document);
  else vscode.window.setStatusBarMessage(vscode.l10n.t('ExtSession: Open a file with cells to export it.'), 3000);
}

export async function exportCommand({ exports }: CommandContext, argument: unknown): Promise<void> {
  const key = entryKey(argument);
  if (key !== undefined) await exports.exportCommand(key);
}

/** Opens the notebook of a menu, or one that the user chooses, as a file with cells. */
export async function importNotebook({ exports }: CommandContext, argument: unknown): Promise<void> {
  const chosen = argument instanceof vscode.Uri ? argument : await chooseNotebook();
  if (chosen) await exports.importNotebook(chosen);
}

async function chooseNotebook(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    filters: { [vscode.l10n.t('Jupyter Notebooks')]: ['ipynb'] },
    openLabel: vscode.l10n.t('Import'),
  });
  return chosen?.[0];
}
