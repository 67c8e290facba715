import type * as vscode from 'vscode';
import { variablesAt } from './resourceVariables.js';
import { resolvePath } from './settingVariables.js';
import { setting } from '../settings.js';

/** The folder in which a session runs when it is started from a file, as the setting says; the workspace folder when it is empty. */
export function workingDirectory(resource: vscode.Uri | undefined): string {
  return resolvePath(setting('workingDirectory', resource), variablesAt(resource));
}
