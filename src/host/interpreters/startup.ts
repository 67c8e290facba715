import { readFile } from 'node:fs/promises';
import type * as vscode from 'vscode';
import type { StartupCommand } from '../../engine/sessionOptions.js';
import { setting } from '../settings.js';
import { variablesAt } from './resourceVariables.js';
import { resolvePath } from './settingVariables.js';
import { namesFile } from './startupFile.js';

/** What runs before the first command of a session, and the file for it that could not be read. */
export interface Startup {
  readonly command?: StartupCommand;
  readonly missing?: string;
}

/** The start-up commands according to the setting: its lines, or the file if that is all it names. */
export async function findStartup(
  language: 'python' | 'javascript',
  resource: vscode.Uri | undefined,
): Promise<Startup> {
  const lines = setting(`${language}.startup`, resource).filter((line) => typeof line === 'string');
  const source = lines.join('\n');
  if (source.trim() === '') return {};
  if (!namesFile(lines, language)) return { command: { source } };
  const filename = resolvePath(source, variablesAt(resource));
  try {
    return { command: { source: await readFile(filename, 'utf8'), filename } };
  } catch {
    return { missing: filename };
  }
}
