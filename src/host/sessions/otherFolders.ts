import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { SessionFolder } from './placedSession.js';

/** The workspace folders with default sessions of their own: all but the first one. */
export function otherFolders(): SessionFolder[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .slice(1)
    .map(({ name, uri }) => ({ id: idOf(uri), name, uri: uri.toString() }));
}

/** The name of the first workspace folder, if there are several. */
export function firstFolder(): string | undefined {
  const [first, ...others] = vscode.workspace.workspaceFolders ?? [];
  return others.length > 0 ? first?.name : undefined;
}

/** That of a file. */
export function otherFolderOf(uri: string): SessionFolder | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri, true));
  return folder && otherFolders().find(({ uri: other }) => other === folder.uri.toString());
}

/** Short, and stays the same when folders are added or moved in the list. */
function idOf(uri: vscode.Uri): string {
  return createHash('sha256').update(uri.toString()).digest('hex').slice(0, 12);
}
