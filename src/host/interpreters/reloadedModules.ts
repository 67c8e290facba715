import * as vscode from 'vscode';
import { setting } from '../settings.js';

/** The modules that a session loads anew when their files have changed, according to the setting. */
export function reloadedModules(language: 'python' | 'javascript'): 'all' | readonly string[] {
  const chosen = setting(`${language}.autoReload`);
  if (chosen === 'all') return 'all';
  const folders = chosen === 'workspace' ? (vscode.workspace.workspaceFolders ?? []) : [];
  return folders.flatMap(({ uri }) => (uri.scheme === 'file' ? uri.fsPath : []));
}
