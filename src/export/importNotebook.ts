import * as vscode from 'vscode';
import type { Origin } from '../host/sessions/command.js';
import { MOST_NOTEBOOK_BYTES, readNotebook, type UnreadableNotebook } from './readNotebook.js';
import type { Sheet, SheetCell } from './sheet.js';
import { scriptParts } from './writeScript.js';

/** A notebook that is open as a file with cells. */
export interface OpenedNotebook {
  readonly sheet: Sheet;
  readonly document: vscode.TextDocument;
  /** The code cells with the lines of their sources. */
  readonly commands: readonly { readonly cell: SheetCell; readonly origin: Origin }[];
}

/** Opens a notebook as a new, unsaved file with cells. Tells the user if it cannot be used. */
export async function openNotebook(uri: vscode.Uri): Promise<OpenedNotebook | undefined> {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const { size } = await vscode.workspace.fs.stat(uri);
  const sheet: Sheet | UnreadableNotebook =
    size > MOST_NOTEBOOK_BYTES
      ? { kind: 'tooLarge' }
      : readNotebook(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  if ('kind' in sheet) {
    void vscode.window.showErrorMessage(refusal(sheet, name));
    return undefined;
  }
  const { text, places } = scriptParts(sheet);
  const document = await newDocument(uri, sheet, text);
  await vscode.window.showTextDocument(document);
  const commands = sheet.cells.flatMap((cell, index) => {
    const place = cell.kind === 'code' ? places[index] : undefined;
    return place ? [{ cell, origin: { uri: document.uri.toString(), ...place } }] : [];
  });
  return { sheet, document, commands };
}

function refusal(reason: UnreadableNotebook, name: string): string {
  switch (reason.kind) {
    case 'invalid':
      return vscode.l10n.t("'{0}' is not a valid Jupyter notebook.", name);
    case 'old':
      return vscode.l10n.t("'{0}' has an old notebook format. Open it in Jupyter, save it and import it again.", name);
    case 'tooLarge':
      return vscode.l10n.t("'{0}' is too large. Clear its outputs in Jupyter and import it again.", name);
    case 'otherLanguage':
      return vscode.l10n.t(
        "'{0}' has code in '{1}'. ExtSession runs Python, JavaScript and TypeScript.",
        name,
        reason.language.slice(0, 50),
      );
  }
}

const extensions = { python: '.py', javascript: '.js', typescript: '.ts' } as const;

/** Beside the notebook, where it is saved unless the user chooses another place. */
async function newDocument(notebook: vscode.Uri, { language }: Sheet, content: string): Promise<vscode.TextDocument> {
  const path = notebook.scheme === 'file' ? await freePath(notebook, extensions[language]) : undefined;
  if (path === undefined) return vscode.workspace.openTextDocument({ language, content });
  const uri = notebook.with({ scheme: 'untitled', path });
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), content);
  await vscode.workspace.applyEdit(edit);
  return document;
}

/** A name that neither a file nor an unsaved editor has. */
async function freePath(notebook: vscode.Uri, extension: string): Promise<string | undefined> {
  const base = notebook.path.replace(/\.ipynb$/i, '');
  for (let number = 1; number < 100; number++) {
    const path = `${base}${number === 1 ? '' : `-${String(number)}`}${extension}`;
    const isOpen = vscode.workspace.textDocuments.some(({ uri }) => uri.path === path);
    if (!isOpen && !(await exists(notebook.with({ path })))) return path;
  }
  return undefined;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false; // VS Code has no other way to ask
  }
}
