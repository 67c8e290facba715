import * as vscode from 'vscode';
import { frameSource, type FrameSource } from './frameSource.js';
import { showMessage } from './messages.js';
import type { Origin } from './sessions/command.js';

/** The part of a name that a message shows; code can make it as long as it likes. */
const LONGEST_NAME = 200;

/** Shows the source of a command; its lines may have moved since. */
export async function openOrigin({ uri, firstLine, lastLine }: Origin): Promise<void> {
  await open(vscode.Uri.parse(uri, true), new vscode.Range(firstLine, 0, lastLine, Number.MAX_SAFE_INTEGER));
}

/** Shows a line of a file as named in a traceback: by a path, or by the URI of an unsaved editor. */
export async function openFrame(file: string, line: number): Promise<void> {
  const found = await frameSource(file, {
    documents: vscode.workspace.textDocuments.map(({ uri }) => uri.toString()),
    folders: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
  });
  const uri = uriOf(found);
  const at = Math.max(0, line - 1);
  if (uri) await open(uri, new vscode.Range(at, 0, at, 0));
  else await showMessage({ kind: 'info', title: refusal(found, file.slice(0, LONGEST_NAME)), detail: '', actions: [] });
}

function uriOf(found: FrameSource): vscode.Uri | undefined {
  if (found.kind === 'document') return vscode.Uri.parse(found.uri, true);
  return found.kind === 'file' ? vscode.Uri.file(found.path) : undefined;
}

function refusal({ kind }: FrameSource, name: string): string {
  return kind === 'otherComputer'
    ? vscode.l10n.t("'{0}' is on another computer. ExtSession opens files there only if your workspace is there.", name)
    : vscode.l10n.t("'{0}' cannot be opened. It is not an existing file or an open editor.", name);
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
