import * as vscode from 'vscode';
import { DisposableStore } from '../engine/disposableStore.js';
import type { OutputPlace } from '../protocol/panel.js';
import { outputTitle } from './outputTitle.js';
import { stripEscapes } from './terminal/stripEscapes.js';
import type { PanelModel } from './model/panelModel.js';

const SCHEME = 'extsession-output';

/** Shows all output of a command in a read-only editor, as of when it was opened. */
export class OutputDocuments implements vscode.Disposable {
  readonly #disposables: DisposableStore;
  readonly #model: PanelModel;

  #opened = 0;
  readonly #texts = new Map<string, string>();

  constructor(model: PanelModel) {
    this.#model = model;
    this.#disposables = new DisposableStore(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()),
      }),
      // For documents larger than 50 MB, VS Code only informs extensions about changes of their tabs.
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const { input } of closed)
          if (input instanceof vscode.TabInputText) this.#texts.delete(input.uri.toString());
      }),
    );
  }

  /** With a place, selects the text there, and keeps the panel visible because there might be more matches. */
  async open(key: number, place?: OutputPlace): Promise<void> {
    const text = this.#model.output(key);
    const entry = this.#model.entry(key);
    if (text === undefined || entry?.type !== 'command') return;
    const uri = vscode.Uri.from({
      scheme: SCHEME,
      path: `/${outputTitle(entry.number).replaceAll('/', ' ')}.txt`,
      query: String(++this.#opened),
    });
    this.#texts.set(uri.toString(), stripEscapes(text));
    await vscode.commands.executeCommand('vscode.open', uri, { preview: true, ...(place ? showingAt(place) : {}) });
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#texts.clear();
  }
}

function showingAt({ line, column, length }: OutputPlace): vscode.TextDocumentShowOptions {
  const { activeTab, viewColumn } = vscode.window.tabGroups.activeTabGroup;
  const selection = new vscode.Range(line, column, line, column + length);
  if (!(activeTab?.input instanceof vscode.TabInputWebview)) return { selection };
  return { selection, viewColumn: vscode.ViewColumn[viewColumn === vscode.ViewColumn.One ? 'Beside' : 'One'] };
}
