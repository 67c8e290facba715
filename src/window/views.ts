import type * as vscode from 'vscode';
import { DataGrids } from '../data/dataGrids.js';
import { DisposableStore } from '../engine/disposableStore.js';
import type { Logger } from '../engine/logger.js';
import { Exports } from '../export/exports.js';
import type { WindowSessions } from '../host/sessions/windowSessions.js';
import type { PanelModel } from '../panel/model/panelModel.js';
import type { SessionPanel } from '../panel/sessionPanel.js';
import { PlotsView } from '../plots/plotsView.js';
import { SavedSessions } from '../savedSessions/savedSessions.js';
import { ViewDataAction } from '../variables/viewDataAction.js';
import { VariablesView } from '../variables/variablesView.js';

export interface ViewsOptions {
  readonly extensionUri: vscode.Uri;
  readonly sessions: WindowSessions;
  readonly model: PanelModel;
  readonly panel: SessionPanel;
  readonly memory: vscode.Memento;
  readonly log: Logger;
}

/** What the window offers beside the panel: windows into a session, and ways out of it. */
export class Views implements vscode.Disposable {
  readonly #disposables = new DisposableStore();
  readonly variables: VariablesView;
  readonly plots: PlotsView;
  readonly exports: Exports;
  readonly grids: DataGrids;
  readonly savedSessions: SavedSessions;

  constructor({ extensionUri, sessions, model, panel, memory, log }: ViewsOptions) {
    this.variables = this.#disposables.add(
      new VariablesView({
        session: () => sessions.current.live(),
        isBusy: () => sessions.current.process?.running !== undefined,
        onDidChange: (listener) =>
          sessions.onDidChangeStatus(({ state }) => {
            if (state !== 'busy') listener();
          }),
        memory,
        log,
      }),
    );
    this.#disposables.add(ViewDataAction.register(sessions));
    this.savedSessions = this.#disposables.add(new SavedSessions({ model, extensionUri, forms: panel.forms, log }));
    this.plots = this.#disposables.add(new PlotsView({ extensionUri, model, panel, memory, log }));
    this.grids = this.#disposables.add(new DataGrids({ extensionUri, sessions, log }));
    this.exports = new Exports({
      model,
      showSession: (languageId, uri) => {
        const session = sessions.of(languageId, uri);
        sessions.select(session.id);
        return session;
      },
      showPanel: () => {
        panel.show();
      },
      draw: (mime, data) =>
        panel.drawings.draw(
          (change) => {
            panel.show({ change });
          },
          mime,
          data,
        ),
    });
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
