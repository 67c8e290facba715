import { homedir } from 'node:os';
import type * as vscode from 'vscode';
import type { Interpreter } from './interpreter.js';
import { setting } from './settings.js';

/** The Node.js that runs JavaScript and TypeScript: what is set, else VS Code's own. Its consoles are asked for colours. */
export function findNode(resource: vscode.Uri | undefined): Interpreter {
  const path = setting('javascript.nodePath', resource)
    .trim()
    .replace(/^~(?=$|[/\\])/, homedir());
  const env = { FORCE_COLOR: '1' };
  return path === '' ? { env } : { path, env };
}
