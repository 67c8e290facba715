import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { Logger } from '../engine/logger.js';
import { mergeEnvFile, parseEnvFile } from './envFile.js';

const STANDARD_FILE = '${workspaceFolder}/.env';

/** What the `.env` file of a resource's folder sets on top of VS Code's environment; the Python extension's setting names the file. */
export async function fileVariables(resource: vscode.Uri | undefined, log: Logger): Promise<Record<string, string>> {
  const root = (resource && vscode.workspace.getWorkspaceFolder(resource)) ?? vscode.workspace.workspaceFolders?.[0];
  if (root?.uri.scheme !== 'file') return {};
  // Absent when the Python extension is not installed.
  const set = vscode.workspace.getConfiguration('python', resource ?? null).get<unknown>('envFile');
  const template = typeof set === 'string' && set.trim() !== '' ? set : STANDARD_FILE;
  const file = resolve(root.uri.fsPath, resolveVariables(template, root.uri.fsPath));
  try {
    const variables = parseEnvFile(await readFile(file, 'utf8'), process.env);
    log.info(`${Object.keys(variables).length} variables from ${file}.`);
    return mergeEnvFile(variables, process.env, delimiter);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn(`${file} cannot be read: ${String(error)}`);
    return {};
  }
}

function resolveVariables(template: string, workspaceFolder: string): string {
  return template
    .replaceAll('${workspaceFolder}', workspaceFolder)
    .replace(/\$\{env:(\w+)\}/g, (_, name: string) => process.env[name] ?? '')
    .replace(/^~(?=$|[/\\])/, homedir());
}
