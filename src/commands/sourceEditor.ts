import * as vscode from 'vscode';
import { languageOf } from '../editor/languages.js';

/** The editor that a command applies to: the active one, or the visible one while the panel has the focus. */
export function sourceEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  if (activeTextEditor && holdsSource(activeTextEditor)) return activeTextEditor;
  return visibleTextEditors.find(holdsSource);
}

/** Shows a temporary message that there is no code to run. */
export function tellNothingToRun(): void {
  vscode.window.setStatusBarMessage(vscode.l10n.t('ExtSession: There is no code to run here.'), 3000);
}

function holdsSource({ document }: vscode.TextEditor): boolean {
  return languageOf(document.languageId) !== undefined;
}
