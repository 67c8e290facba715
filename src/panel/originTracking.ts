import * as vscode from 'vscode';
import type { PanelModel } from './model/panelModel.js';

/**
 * Updates the origins of commands and the lines of tracebacks after edits of their documents, so that links keep
 * working.
 */
export function trackOrigins(model: PanelModel): vscode.Disposable {
  return vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length === 0) return;
    model.followEdits(document.uri.toString(), contentChanges);
  });
}
