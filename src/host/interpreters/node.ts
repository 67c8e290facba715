import type * as vscode from 'vscode';
import type { Interpreter } from './interpreter.js';
import { variablesAt } from './resourceVariables.js';
import { resolveProgram } from './settingVariables.js';
import { setting } from '../settings.js';

/** The Node.js for JavaScript and TypeScript: the one in the settings, or VS Code's own. */
export function findNode(resource: vscode.Uri | undefined): Interpreter {
  return nodeAt(resolveProgram(setting('javascript.nodePath', resource), variablesAt(resource)));
}

/** Its consoles use colors. */
export const nodeVariables = { FORCE_COLOR: '1' } as const;

/** The Node.js at a path, or VS Code's own if it is empty. */
export function nodeAt(path: string): Interpreter {
  const env = nodeVariables;
  return path === '' ? { env } : { path, env };
}
