import * as vscode from 'vscode';
import { chooseFormat } from './exportFormats.js';
import type { Sheet } from './sheet.js';
import type { DrawForm } from './writePage.js';

/** What is exported, and the name that is proposed for its file. */
export interface Exported {
  readonly sheet: Sheet;
  /** Without an extension. */
  readonly name: string;
  readonly draw: DrawForm;
  /** The folder that is proposed. */
  readonly folder: vscode.Uri | undefined;
}

/** Asks for the format and for the file, writes it, and offers to open it. */
export async function saveExport({ sheet, name, draw, folder }: Exported): Promise<void> {
  const format = await chooseFormat(sheet);
  if (!format) return;
  const target = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, `${name}.${format.extension}`) } : {}),
    filters: { [format.label]: [format.extension] },
  });
  if (!target) return;
  const text = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('ExtSession: Exporting') },
    async () => await format.write(sheet, { title: name, draw }),
  );
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const open = vscode.l10n.t('Open');
  const file = target.path.slice(target.path.lastIndexOf('/') + 1);
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('Exported as {0}.', file), open);
  if (answer === open) await vscode.commands.executeCommand('vscode.open', target);
}
