import * as vscode from 'vscode';

/** The extension's one log, which is the engine's logger too. */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('ExtSession', { log: true });
}
