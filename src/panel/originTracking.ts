import * as vscode from 'vscode';
import type { PanelModel } from './panelModel.js';

/** Lets the origins of the commands follow the edits of their documents, so that 'go to source' still finds them. */
export function trackOrigins(model: PanelModel): vscode.Disposable {
  return vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length === 0) return;
    model.followEdits(document.uri.toString(), contentChanges, (line) => document.lineAt(line).text.length);
  });
}
