import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

/** The file of the TypeScript compiler that VS Code brings, for projects that have none. */
export function compilerOfVsCode(): string | undefined {
  const file = path.join(vscode.env.appRoot, 'extensions', 'node_modules', 'typescript', 'lib', 'typescript.js');
  return existsSync(file) ? file : undefined;
}
