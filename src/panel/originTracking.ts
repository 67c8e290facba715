import * as vscode from 'vscode';
import type { PanelModel } from './model/panelModel.js';

/** Lets origins of commands and lines of tracebacks follow the edits of their documents, so that links still find them. */
export function trackOrigins(model: PanelModel): vscode.Disposable {
  return vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length === 0) return;
    model.followEdits(document.uri.toString(), contentChanges);
  });
}
