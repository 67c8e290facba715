import * as vscode from 'vscode';
import type { Origin } from './sessions/command.js';

/** Shows the source of a command; its lines may have moved since. */
export async function openOrigin({ uri, firstLine, lastLine }: Origin): Promise<void> {
  await open(vscode.Uri.parse(uri, true), new vscode.Range(firstLine, 0, lastLine, Number.MAX_SAFE_INTEGER));
}

/** Shows a line of a file as named in a traceback: by a path, or by the URI of an unsaved editor. */
export async function openFrame(file: string, line: number): Promise<void> {
  const uri = /^[a-z][a-z\d+.-]+:/i.test(file) ? vscode.Uri.parse(file, true) : vscode.Uri.file(file);
  await open(uri, new vscode.Range(line - 1, 0, line - 1, 0));
}

async function open(uri: vscode.Uri, range: vscode.Range): Promise<void> {
  // Uses the editor that already shows the file, not a second one over the panel.
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const column = shown?.viewColumn ?? vscode.ViewColumn.One;
  const editor = await vscode.window.showTextDocument(uri, { viewColumn: column });
  const selection = editor.document.validateRange(range);
  editor.selection = new vscode.Selection(selection.start, selection.end);
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
