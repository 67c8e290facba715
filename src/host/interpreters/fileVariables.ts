import { basename, delimiter, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { Logger } from '../../engine/logger.js';
import { readTextFile } from '../readTextFile.js';
import { mergeEnvFile, parseEnvFile } from './envFile.js';
import { variablesAt, workspaceFolderOf } from './resourceVariables.js';
import { resolvePath } from './settingVariables.js';

const STANDARD_FILE = '${workspaceFolder}/.env';
const MOST_BYTES = 1_000_000;

/**
 * The variables that the `.env` file of a resource's folder adds to VS Code's environment; the setting of the Python
 * extension names the file.
 */
export async function fileVariables(resource: vscode.Uri | undefined, log: Logger): Promise<Record<string, string>> {
  const file = environmentFile(resource);
  if (file === undefined) return {};
  try {
    const variables = parseEnvFile(await readTextFile(file, MOST_BYTES), process.env);
    log.info(`Read ${Object.keys(variables).length} variables from ${file}.`);
    return mergeEnvFile(variables, process.env, delimiter);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn(`${file} cannot be read: ${String(error)}`);
    return {};
  }
}

/** Called when these variables may have changed. */
export function onDidChangeFileVariables(listener: () => void): vscode.Disposable {
  let watchers = vscode.Disposable.from(...watchFiles(listener));
  const renew = () => {
    watchers.dispose();
    watchers = vscode.Disposable.from(...watchFiles(listener));
    listener();
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeWorkspaceFolders(renew),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('python.envFile')) renew();
    }),
    { dispose: () => void watchers.dispose() },
  );
}

function watchFiles(listener: () => void): vscode.Disposable[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.flatMap(({ uri }) => {
    const file = environmentFile(uri);
    if (file === undefined) return [];
    const pattern = new vscode.RelativePattern(vscode.Uri.file(dirname(file)), basename(file));
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    return [watcher, watcher.onDidCreate(listener), watcher.onDidChange(listener), watcher.onDidDelete(listener)];
  });
}

/** Undefined if there is no folder on this machine. */
function environmentFile(resource: vscode.Uri | undefined): string | undefined {
  if (workspaceFolderOf(resource)?.uri.scheme !== 'file') return undefined;
  // Undefined if the Python extension is not installed.
  const set = vscode.workspace.getConfiguration('python', resource ?? null).get<unknown>('envFile');
  const template = typeof set === 'string' && set.trim() !== '' ? set : STANDARD_FILE;
  return resolvePath(template, variablesAt(resource));
}
