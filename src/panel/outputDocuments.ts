import * as vscode from 'vscode';
import { withoutEscapes } from './withoutEscapes.js';
import type { PanelModel } from './panelModel.js';

const scheme = 'extsession-output';

/** Shows all output of a command in an editor, read-only: as it was when it was opened. */
export class OutputDocuments implements vscode.Disposable {
  readonly #registration: vscode.Disposable;
  #opened = 0;
  readonly #texts = new Map<string, string>();
  readonly #closing: vscode.Disposable;

  constructor(private readonly model: PanelModel) {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()),
    });
    this.#closing = vscode.workspace.onDidCloseTextDocument((document) => this.#texts.delete(document.uri.toString()));
  }

  async open(key: number): Promise<void> {
    const text = this.model.output(key);
    const entry = this.model.entry(key);
    if (text === undefined || entry?.type !== 'command') return;
    const uri = vscode.Uri.from({
      scheme,
      path: `/Output of command ${String(entry.number)}.txt`,
      query: String(++this.#opened),
    });
    this.#texts.set(uri.toString(), withoutEscapes(text));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#closing.dispose();
    this.#texts.clear();
  }
}
