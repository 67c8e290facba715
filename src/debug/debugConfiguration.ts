import * as vscode from 'vscode';
import type { Command } from '../host/sessions/command.js';

export function uriOf({ origin }: Command): vscode.Uri | undefined {
  return origin && vscode.Uri.parse(origin.uri, true);
}

/** Starts a debug session that is named after the command's file. Resolves with whether VS Code could. */
export async function startDebugging(
  command: Command,
  configuration: Omit<vscode.DebugConfiguration, 'name'> & { readonly type: string; readonly request: string },
): Promise<boolean> {
  const uri = uriOf(command);
  const name = uri ? vscode.workspace.asRelativePath(uri) : vscode.l10n.t('Session');
  const folder = uri && vscode.workspace.getWorkspaceFolder(uri);
  // The text of the editor runs, saved or not.
  return await vscode.debug.startDebugging(folder, { ...configuration, name }, { suppressSaveBeforeStart: true });
}
