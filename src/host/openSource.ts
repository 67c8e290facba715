import path from 'node:path';
import * as vscode from 'vscode';
import { frameSource, type FrameSource } from './frameSource.js';
import { showMessage } from './messages.js';
import type { Origin } from './sessions/command.js';

/** The scheme of a file on another machine, whose name is the authority. */
export const FAR_FILE = 'extsession-file';

/** The part of a name that a message shows; code can make it as long as it likes. */
const LONGEST_NAME = 200;

/** Shows the source of a command; its lines may have moved since. */
export async function openOrigin({ uri, firstLine, lastLine }: Origin): Promise<void> {
  await open(vscode.Uri.parse(uri, true), new vscode.Range(firstLine, 0, lastLine, Number.MAX_SAFE_INTEGER));
}

/** What shows a file of another machine, or why nothing does. */
export type SourceElsewhere =
  | { readonly refusal: string }
  | {
      readonly uri: vscode.Uri;
      /** The file there, if it turns out that the URI is that of another version here. */
      readonly other?: Promise<vscode.Uri | undefined>;
    };

/**
 * Shows a line of a file as named in a traceback: by a path, or by the URI of an unsaved editor. `elsewhere` is for one
 * that is not of this machine.
 */
export async function openFrame(file: string, line: number, elsewhere?: SourceElsewhere): Promise<void> {
  const found = elsewhere ?? asElsewhere(await sourceHere(file), file.slice(0, LONGEST_NAME));
  if ('refusal' in found) {
    await showMessage({ kind: 'info', title: found.refusal, detail: '', actions: [] });
    return;
  }
  const at = Math.max(0, line - 1);
  const range = new vscode.Range(at, 0, at, 0);
  await open(found.uri, range);
  const other = await found.other;
  if (other) await offerOther(other, range);
}

/** What this machine has under a name in a traceback. */
export function sourceHere(file: string): Promise<FrameSource> {
  const documents = vscode.workspace.textDocuments.map(({ uri }) => uri.toString());
  return frameSource(file, { documents, folders: foldersHere() });
}

/** The paths of the folders of the workspace. */
export function foldersHere(): string[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
}

async function offerOther(uri: vscode.Uri, range: vscode.Range): Promise<void> {
  const [name, machine] = [path.posix.basename(uri.path), uri.authority];
  const other = vscode.l10n.t('Open the File of {0}', machine);
  const text = vscode.l10n.t("'{0}' differs from the file on {1}, whose code has run.", name, machine);
  if ((await vscode.window.showInformationMessage(text, other)) === other) await open(uri, range);
}

function asElsewhere(found: FrameSource, name: string): SourceElsewhere {
  if (found.kind === 'document') return { uri: vscode.Uri.parse(found.uri, true) };
  return found.kind === 'file' ? { uri: vscode.Uri.file(found.path) } : { refusal: refusal(found, name) };
}

function refusal({ kind }: FrameSource, name: string): string {
  return kind === 'otherComputer'
    ? vscode.l10n.t("'{0}' is on another computer. ExtSession opens files there only if your workspace is there.", name)
    : vscode.l10n.t("'{0}' cannot be opened. It is not an existing file or an open editor.", name);
}

async function open(uri: vscode.Uri, range: vscode.Range): Promise<void> {
  if (uri.scheme === FAR_FILE) {
    const label = `${path.posix.basename(uri.path)} (${uri.authority})`;
    const options = { viewColumn: vscode.ViewColumn.One, selection: range };
    await vscode.commands.executeCommand('vscode.open', uri, options, label);
    return;
  }
  // Uses the editor that already shows the file, not a second one over the panel.
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const column = shown?.viewColumn ?? vscode.ViewColumn.One;
  const editor = await vscode.window.showTextDocument(uri, { viewColumn: column });
  const selection = editor.document.validateRange(range);
  editor.selection = new vscode.Selection(selection.start, selection.end);
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
