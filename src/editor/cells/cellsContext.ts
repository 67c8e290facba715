import * as vscode from 'vscode';
import { setContext } from '../../host/contextKeys.js';
import { onDidChangeSetting } from '../../host/settings.js';
import { cellsIn } from './documentCells.js';

const TYPING_PAUSE_MS = 250;

/** Keeps up the context key that says whether the active editor's file has cells. */
export function followCells(): vscode.Disposable {
  setHasCells();
  let pause: NodeJS.Timeout | undefined;
  return vscode.Disposable.from(
    onDidChangeSetting('cells.marker', setHasCells),
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
  // A webview or an output has the focus: what is true of the editor beside it stays so.
  if (!document) return;
  setContext('extsession.hasCells', cellsIn(document).length > 0);
}
