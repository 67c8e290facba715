import * as vscode from 'vscode';
import { setContext } from '../../host/contextKeys.js';
import { onDidChangeSetting } from '../../host/settings.js';
import { cellsIn } from './documentCells.js';

const TYPING_PAUSE_MS = 250;

/** Updates the context key that says whether the file in the active editor has cells. */
export function followCells(): vscode.Disposable {
  setHasCells();
  let pause: NodeJS.Timeout | undefined;
  return vscode.Disposable.from(
    onDidChangeSetting('cells', setHasCells),
    vscode.window.onDidChangeActiveTextEditor(setHasCells),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document !== vscode.window.activeTextEditor?.document) return;
      clearTimeout(pause);
      pause = setTimeout(setHasCells, TYPING_PAUSE_MS);
    }),
    { dispose: () => clearTimeout(pause) },
  );
}

function setHasCells(): void {
  const document = vscode.window.activeTextEditor?.document;
  // If a webview or an output channel has the focus, the value for the editor next to it remains valid.
  if (!document) return;
  setContext('extsession.hasCells', cellsIn(document).length > 0);
}
