import * as vscode from 'vscode';

/** The log of the extension, which is also the engine's logger. */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('ExtSession', { log: true });
}
