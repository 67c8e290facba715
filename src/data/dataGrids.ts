import { basename } from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Disposable } from '../engine/disposable.js';
import { DisposableStore } from '../engine/disposableStore.js';
import type { ExtResults } from '../engine/extResults.js';
import type { Logger } from '../engine/logger.js';
import { cancellableProgress } from '../host/cancellableProgress.js';
import type { LanguageSession } from '../host/sessions/languageSession.js';
import type { WindowSessions } from '../host/sessions/windowSessions.js';
import { dataAnswerSchema, DATA_TYPE, type DataPlace, keptDataSchema } from '../protocol/data.js';
import { sessionOf } from '../protocol/panelEntries.js';
import { DataGrid } from './dataGrid.js';

/** The tabs that one command opens at most. */
const MOST_OPENED = 20;

export interface DataGridsOptions {
  readonly extensionUri: vscode.Uri;
  readonly sessions: Pick<WindowSessions, 'onDidChangeSession' | 'onDidSubmit' | 'find'>;
  readonly log: Logger;
}

export interface ViewedData {
  readonly session: LanguageSession;
  readonly of: DataPlace;
  readonly title: string;
}

/** The tabs that show tables of the sessions. */
export class DataGrids implements Disposable {
  readonly #options: DataGridsOptions;
  readonly #disposables = new DisposableStore();
  readonly #grids = new Map<string, { readonly session: LanguageSession; readonly grid: DataGrid }>();
  readonly #busy = new WeakSet<LanguageSession>();

  constructor(options: DataGridsOptions) {
    this.#options = options;
    const { sessions } = options;
    this.#disposables.add(
      sessions.onDidChangeSession((session) => {
        this.#follow(session);
      }),
    );
    this.#disposables.add(
      sessions.onDidSubmit((submitted) => {
        const session = submitted.isResumed ? undefined : sessions.find(sessionOf(submitted));
        if (session) this.#openViewed(session, submitted.results);
      }),
    );
  }

  /** Shows a table in its tab. */
  open({ session, of, title }: ViewedData): void {
    const key = JSON.stringify([session.id, of]);
    const open = this.#grids.get(key);
    if (open) {
      open.grid.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel('extsession.data', title, vscode.ViewColumn.Active, {
      retainContextWhenHidden: true, // it holds little, and would lose its place
    });
    const { extensionUri, log } = this.#options;
    const code = 'name' in of || /^[A-Za-z_]\w*$/.test(title) ? title : 'data';
    const grid = new DataGrid(panel, { extensionUri, of, title, code, session: () => session.live(), log });
    this.#grids.set(key, { session, grid });
    panel.onDidDispose(() => this.#grids.delete(key));
  }

  /** Opens a file in a tab, as a table that the session reads and keeps. It starts if it does not run. */
  async openFile(session: LanguageSession, path: string): Promise<void> {
    const title = basename(path);
    const answered = await cancellableProgress(vscode.l10n.t('Reading {0}', title), async (signal) => {
      const running = await session.session();
      return running?.data({ ask: 'open', location: path }, signal);
    });
    if (answered === undefined) return; // the user knows why
    const { kept, type = '' } = v.parse(dataAnswerSchema, answered);
    if (kept === undefined) throw new Error(vscode.l10n.t('{0} cannot be shown as a table: {1}', title, type));
    this.open({ session, of: { kept }, title });
  }

  dispose(): void {
    this.#disposables.dispose();
    for (const { grid } of this.#grids.values()) grid.dispose();
  }

  /** Opens what a command hands to `extsession.view`. */
  #openViewed(session: LanguageSession, results: ExtResults): void {
    let opened = 0;
    const subscription = results.onDidReceiveOutput((output) => {
      const data = output.type === 'display_data' ? output.data[DATA_TYPE] : undefined;
      const viewed = v.safeParse(keptDataSchema, data);
      if (!viewed.success) return;
      const { kept, title } = viewed.output;
      if (++opened <= MOST_OPENED) this.open({ session, of: { kept }, title });
      else if (opened === MOST_OPENED + 1) tellTooMany();
    });
    void results.closed.then(() => {
      subscription.dispose();
    });
  }

  /** Tells the tabs of a session when it has run something, or has stopped in the debugger and can still be asked. */
  #follow(session: LanguageSession): void {
    const { state } = session.status;
    if (state !== 'idle') this.#busy.add(session);
    const hasRun = state === 'idle' && this.#busy.delete(session);
    if (!hasRun && !(state === 'paused' && session.evaluator === 'python')) return;
    for (const open of this.#grids.values()) if (open.session === session) open.grid.changed();
  }
}

function tellTooMany(): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t('The command shows more than {0} tables. The others are not opened.', MOST_OPENED),
  );
}
