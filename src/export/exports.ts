import * as vscode from 'vscode';
import { cellOptions } from '../editor/cells/documentCells.js';
import type { PanelModel } from '../panel/model/panelModel.js';
import { stripEscapes } from '../panel/terminal/stripEscapes.js';
import type { Output } from '../protocol/output.js';
import { chooseCommands } from './chooseCommands.js';
import { commandSheet } from './commandCells.js';
import { fileSheet } from './fileSheet.js';
import { openNotebook } from './importNotebook.js';
import { readScript } from './readScript.js';
import type { DrawForm } from './writePage.js';
import { saveExport } from './saveExport.js';
import type { Sheet, SheetOutput } from './sheet.js';

/** Notebooks whose outputs are remembered. */
const MOST_NOTEBOOKS = 20;

export interface ExportsOptions {
  readonly model: PanelModel;
  /** The session of a file, which becomes the one that the panel shows. */
  readonly showSession: (languageId: string, uri: string) => { readonly id: string; readonly evaluator: string };
  readonly showPanel: () => void;
  /** Has the panel sanitize a form. */
  readonly draw: DrawForm;
}

/** Takes the transcript, a command, or a file with its outputs elsewhere, and brings notebooks in. */
export class Exports {
  readonly #options: ExportsOptions;
  /** Notebooks that were opened in this window, the latest last. */
  readonly #notebooks: Sheet[] = [];

  constructor(options: ExportsOptions) {
    this.#options = options;
  }

  /** The session that the panel shows. */
  async exportTranscript(): Promise<void> {
    const { model } = this.#options;
    await this.#save(commandSheet(model, model.keys()), vscode.l10n.t('transcript'));
  }

  /** Those of the shown session that the user chooses. */
  async exportCommands(): Promise<void> {
    const { model } = this.#options;
    const keys = await chooseCommands(model);
    if (keys) await this.#save(commandSheet(model, keys), vscode.l10n.t('commands'));
  }

  async exportCommand(key: number): Promise<void> {
    const { model } = this.#options;
    await this.#save(commandSheet(model, [key]), vscode.l10n.t('command'));
  }

  /** The cells of a file with the outputs of their latest runs. */
  async exportFile(document: vscode.TextDocument): Promise<void> {
    const sheet = readScript(document.getText(), document.languageId, cellOptions(document));
    if (!sheet) return;
    const ids = new Set(sheet.cells.flatMap(({ id }) => id ?? []));
    const notebook = this.#notebooks.findLast(({ cells }) => cells.some(({ id }) => id !== undefined && ids.has(id)));
    const exported = fileSheet(this.#options.model, { uri: document.uri.toString(), sheet, notebook });
    const { folder, name } = placeOf(document.uri);
    await this.#save(exported, name, folder);
  }

  /** Opens a notebook as a file with cells, with its outputs in the panel. */
  async importNotebook(uri: vscode.Uri): Promise<void> {
    const opened = await openNotebook(uri);
    if (!opened) return;
    const { model, showSession, showPanel } = this.#options;
    const { sheet, document, commands } = opened;
    this.#notebooks.push(sheet);
    if (this.#notebooks.length > MOST_NOTEBOOKS) this.#notebooks.shift();
    const { languageId } = document;
    const { id: session, evaluator } = showSession(languageId, document.uri.toString());
    const shown = commands.filter(({ cell }) => cell.outputs.length > 0);
    if (shown.length === 0) return;
    model.notify({
      kind: 'info',
      session,
      title: vscode.l10n.t('Outputs of {0}', nameOf(uri)),
      detail: vscode.l10n.t('They come from the notebook. Its code has not run in this session.'),
      actions: [],
    });
    for (const { cell, origin } of shown)
      model.addPast({
        source: cell.source,
        languageId,
        evaluator,
        session,
        origin,
        number: cell.number ?? 0,
        outputs: cell.outputs.map(panelOutput),
      });
    showPanel();
  }

  async #save(sheet: Sheet | undefined, name: string, folder?: vscode.Uri): Promise<void> {
    if (!sheet || sheet.cells.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to export yet. Run code first.'));
      return;
    }
    await saveExport({
      sheet,
      name,
      draw: this.#options.draw,
      folder: folder ?? vscode.workspace.workspaceFolders?.[0]?.uri,
    });
  }
}

/** An unsaved file that has a path is to be saved there. */
function placeOf(uri: vscode.Uri): { readonly name: string; readonly folder: vscode.Uri | undefined } {
  const name = nameOf(uri).replace(/\.\w+$/, '');
  if (!uri.path.includes('/')) return { name, folder: undefined };
  return { name, folder: vscode.Uri.joinPath(uri.scheme === 'untitled' ? uri.with({ scheme: 'file' }) : uri, '..') };
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The panel colors tracebacks itself. */
function panelOutput(output: SheetOutput): Output {
  if (output.type !== 'error') return output;
  const { type, name, message, traceback } = output;
  return { type, name, message: stripEscapes(message), traceback: stripEscapes(traceback), frames: [] };
}
