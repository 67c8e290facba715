import * as vscode from 'vscode';
import type { Logger } from '../engine/logger.js';
import { failureNotice, showMessage } from '../host/messages.js';
import { panelSettings } from '../host/panelSettings.js';
import { commandActions } from '../panel/commandActions.js';
import { OutputSearch } from '../panel/find/outputSearch.js';
import { FormDrawings } from '../panel/formDrawings.js';
import type { FormActions } from '../panel/formActions.js';
import { PanelModel } from '../panel/model/panelModel.js';
import { PanelFeed } from '../panel/panelFeed.js';
import { panelIntents } from '../panel/panelIntents.js';
import { showPage } from '../panel/showPage.js';
import { dispatch, parseIntent } from '../protocol/panel.js';
import { readOnlyActions } from './readOnlyActions.js';
import { readSavedSession, SAVED, type SavedSession } from './savedSession.js';

/** Larger files are not read. */
const LARGEST = 100_000_000;

interface SavedSessionDocument extends vscode.CustomDocument {
  readonly saved: SavedSession;
}

export interface SavedSessionEditorOptions {
  readonly extensionUri: vscode.Uri;
  readonly forms: FormActions;
  readonly log: Logger;
}

/** Shows a file with a saved session as the panel shows sessions, read-only. */
export class SavedSessionEditor implements vscode.CustomReadonlyEditorProvider<SavedSessionDocument> {
  static readonly viewType = 'extsession.savedSession';
  readonly #options: SavedSessionEditorOptions;

  constructor(options: SavedSessionEditorOptions) {
    this.#options = options;
  }

  /** @throws Error if the file is too large or no saved session: VS Code shows the message in the editor. */
  async openCustomDocument(uri: vscode.Uri): Promise<SavedSessionDocument> {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > LARGEST) throw new Error(vscode.l10n.t('The file is too large to be a saved session.'));
    const saved = readSavedSession(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
    if (!saved) throw new Error(vscode.l10n.t('The file is not a valid saved session.'));
    return { uri, saved, dispose: () => undefined };
  }

  resolveCustomEditor({ uri, saved }: SavedSessionDocument, { webview, onDidDispose }: vscode.WebviewPanel): void {
    const { extensionUri, forms, log } = this.#options;
    const model = modelOf(saved, uri.path.slice(uri.path.lastIndexOf('/') + 1));
    const welcome = { title: vscode.l10n.t('The saved session is empty.'), detail: '', hints: [], actions: [] };
    const feed = new PanelFeed({
      model,
      welcome,
      history: () => [],
      settings: () => {
        const { plotsElsewhere: _plotsElsewhere, ...settings } = panelSettings();
        return { ...settings, readOnly: true };
      },
      send: (message) => void webview.postMessage(message),
    });
    const actions = readOnlyActions();
    const intents = panelIntents({
      model,
      feed,
      actions,
      welcome,
      commands: {
        ...commandActions({ model, copy, actions, openOutput: (key) => openOutput(model, key), fail }),
        delete: () => undefined,
      },
      copy,
      openMatch: () => Promise.resolve(),
      fail,
      search: new OutputSearch(model),
      drawings: new FormDrawings(),
      forms: { ...forms, run: () => undefined },
    });
    webview.onDidReceiveMessage((data: unknown) => {
      const intent = parseIntent(data);
      if (intent) dispatch(intents, intent);
      else log.warn('Dropped an invalid message from a saved session.');
    });
    onDidDispose(() => {
      feed.dispose();
      model.dispose();
    });
    showPage(webview, extensionUri, 'main', [['dist', 'grammars'], ['media']]);
  }
}

function modelOf({ entries, older }: SavedSession, name: string): PanelModel {
  const model = new PanelModel();
  const evaluator = entries.find((entry) => entry.type === 'command')?.evaluator ?? 'python';
  model.setStatus({
    title: name,
    evaluator,
    session: SAVED,
    state: 'none',
    interpreterLabel: vscode.l10n.t('read-only'),
  });
  model.load(entries, older);
  return model;
}

async function openOutput(model: PanelModel, key: number): Promise<void> {
  await vscode.workspace.openTextDocument({ content: model.output(key) ?? '' }).then(vscode.window.showTextDocument);
}

function copy(text: string): void {
  void vscode.env.clipboard.writeText(text);
}

function fail(error: unknown): void {
  void showMessage(failureNotice(error));
}
