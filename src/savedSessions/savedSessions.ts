import * as vscode from 'vscode';
import type { PanelModel } from '../panel/model/panelModel.js';
import { LONGEST_FORM, writeSavedSession } from './savedSession.js';
import { SavedSessionEditor, type SavedSessionEditorOptions } from './savedSessionEditor.js';

const EXTENSION = 'extsession';

export interface SavedSessionsOptions extends SavedSessionEditorOptions {
  readonly model: PanelModel;
}

/** Saves what the panel shows of a session to a file, and opens such files read-only. */
export class SavedSessions implements vscode.Disposable {
  readonly #model: PanelModel;
  readonly #editor: vscode.Disposable;

  constructor({ model, ...options }: SavedSessionsOptions) {
    this.#model = model;
    this.#editor = vscode.window.registerCustomEditorProvider(
      SavedSessionEditor.viewType,
      new SavedSessionEditor(options),
      { supportsMultipleEditorsPerDocument: true },
    );
  }

  /** Asks for a file, and writes nothing if the user does not choose one. */
  async save(): Promise<void> {
    const keys = new Set(this.#model.keys());
    const entries = this.#model.entries(LONGEST_FORM).filter(({ key }) => keys.has(key));
    if (!entries.some((entry) => entry.type === 'command')) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to save yet. Run code first.'));
      return;
    }
    const text = writeSavedSession(entries, this.#model.older);
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const name = `session.${EXTENSION}`;
    const target = await vscode.window.showSaveDialog({
      ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
      filters: filters(),
    });
    if (target) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  }

  /** Opens a file that the user chooses, unless one is given. */
  async open(uri?: vscode.Uri): Promise<void> {
    const chosen = uri ?? (await vscode.window.showOpenDialog({ filters: filters() }))?.[0];
    if (chosen) await vscode.commands.executeCommand('vscode.openWith', chosen, SavedSessionEditor.viewType);
  }

  dispose(): void {
    this.#editor.dispose();
  }
}

function filters(): Record<string, string[]> {
  return { [vscode.l10n.t('Saved Sessions')]: [EXTENSION] };
}
