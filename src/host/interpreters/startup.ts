import type * as vscode from 'vscode';
import type { StartupCommand } from '../../engine/sessionOptions.js';
import type { Logger } from '../../engine/logger.js';
import { readTextFile } from '../readTextFile.js';
import { setting } from '../settings.js';
import { variablesAt } from './resourceVariables.js';
import { resolvePath } from './settingVariables.js';
import { namesFile } from './startupFile.js';

/** What runs before the first command of a session, and the file for it that could not be read. */
export interface Startup {
  readonly command?: StartupCommand;
  readonly missing?: string;
}

const MOST_BYTES = 10_000_000;

/** The startup commands according to the setting: its lines, or the file if that is all it names. */
export async function findStartup(
  language: 'python' | 'javascript',
  resource: vscode.Uri | undefined,
  log: Logger,
): Promise<Startup> {
  const lines = setting(`${language}.startup`, resource).filter((line) => typeof line === 'string');
  const source = lines.join('\n');
  if (source.trim() === '') return {};
  if (!namesFile(lines, language)) return { command: { source } };
  const filename = resolvePath(source, variablesAt(resource));
  try {
    return { command: { source: await readTextFile(filename, MOST_BYTES), filename } };
  } catch (error) {
    log.warn(`${filename} cannot be read: ${String(error)}`);
    return { missing: filename };
  }
}
