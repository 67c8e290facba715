import type * as vscode from 'vscode';
import { variablesAt } from './resourceVariables.js';
import { resolvePath } from './settingVariables.js';
import { setting } from '../settings.js';

/**
 * The folder for a session that is started from a file, according to the setting; the workspace folder if it is empty.
 */
export function workingDirectory(resource: vscode.Uri | undefined): string {
  return resolvePath(setting('workingDirectory', resource), variablesAt(resource));
}
