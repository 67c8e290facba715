import * as vscode from 'vscode';
import { languageOf } from '../editor/languages.js';

/** The editor that a command is about: the active one, or the one in sight while the panel has the focus. */
export function sourceEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  if (activeTextEditor && holdsSource(activeTextEditor)) return activeTextEditor;
  return visibleTextEditors.find(holdsSource);
}

/** Tells in passing that a command found nothing to do. */
export function tellNothingToRun(): void {
  vscode.window.setStatusBarMessage(vscode.l10n.t('ExtSession: There is no code to run here.'), 3000);
}

function holdsSource({ document }: vscode.TextEditor): boolean {
  return languageOf(document.languageId) !== undefined;
}
