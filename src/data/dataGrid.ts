import * as v from 'valibot';
import * as vscode from 'vscode';
import { CancelledError } from '../engine/errors.js';
import type { ExtSession } from '../engine/extSession.js';
import type { Logger } from '../engine/logger.js';
import { errorText } from '../host/errorText.js';
import { showPage } from '../panel/showPage.js';
import {
  dataAnswerSchema,
  type DataAnswer,
  dataIntentSchema,
  type DataIntent,
  type DataMessage,
  type DataPlace,
  type DataRequest,
  type ParquetRequest,
} from '../protocol/data.js';
import { dispatch, type HandlersOf } from '../protocol/panel.js';
import { saveData } from './saveData.js';
import { stepsCode } from './stepsCode.js';
import { writeCode } from './writeCode.js';

/** A request that takes longer is said to be under way. */
const LONG_MS = 300;

export interface DataGridOptions {
  readonly extensionUri: vscode.Uri;
  readonly of: DataPlace;
  readonly title: string;
  /** The table in code. */
  readonly code: string;
  /** The session, if it can be asked now. */
  session(): ExtSession | undefined;
  readonly log: Logger;
}

/** The tab of a table. It keeps nothing of the table: the page asks for what it shows, and the session answers. */
export class DataGrid {
  readonly #options: DataGridOptions;
  readonly #panel: vscode.WebviewPanel;
  #underWay: AbortController | undefined;
  #isStale = false;
  /** How many commands have run. */
  #commands = 0;

  readonly #intents: HandlersOf<DataIntent> = {
    ready: () => {
      this.#underWay?.abort(); // that of a page that is gone
    },
    window: ({ type: ask, number, ...wanted }) => void this.#answer(number, { ask, of: this.#options.of, ...wanted }),
    statistics: ({ type: ask, number, ...wanted }) =>
      void this.#answer(number, { ask, of: this.#options.of, ...wanted }),
    cell: ({ type: ask, number, ...wanted }) => void this.#answer(number, { ask, of: this.#options.of, ...wanted }),
    save: ({ type: _type, ...rows }) => void this.#save(rows),
    cancel: () => {
      this.#underWay?.abort();
    },
    code: ({ steps }) => {
      const code = stepsCode(this.#options.code, steps);
      if (code !== undefined) void writeCode(code);
    },
    copy: ({ text }) => void vscode.env.clipboard.writeText(text),
  };

  constructor(panel: vscode.WebviewPanel, options: DataGridOptions) {
    this.#panel = panel;
    this.#options = options;
    panel.iconPath = vscode.Uri.joinPath(options.extensionUri, 'media', 'panel-icon.svg');
    panel.webview.onDidReceiveMessage((data: unknown) => {
      const intent = v.safeParse(dataIntentSchema, data, { abortEarly: true });
      if (intent.success) dispatch(this.#intents, intent.output);
      else options.log.warn('Dropped an invalid message from a data grid.');
    });
    panel.onDidChangeViewState(() => {
      if (this.#isStale) this.changed();
    });
    panel.onDidDispose(() => {
      this.#end();
    });
    showPage(panel.webview, options.extensionUri, 'data');
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** A command of the session has run. A tab that nobody sees learns of it when it is seen again. */
  changed(): void {
    this.#commands++;
    this.#isStale = !this.#panel.visible;
    if (this.#panel.visible) this.#send({ type: 'changed' });
  }

  dispose(): void {
    this.#panel.dispose();
  }

  async #answer(number: number, request: DataRequest): Promise<void> {
    const underWay = new AbortController();
    this.#underWay?.abort();
    this.#underWay = underWay;
    const session = this.#options.session();
    const told = setTimeout(() => {
      this.#send({ type: 'waiting', on: session?.state === 'busy' ? 'command' : 'session' });
    }, LONG_MS);
    try {
      const { window, statistics, cell } = await this.#ask(session, request, underWay.signal);
      if (window) this.#send({ type: 'window', number, window });
      if (cell) this.#send({ type: 'cell', number, cell });
      if (statistics) this.#send({ type: 'statistics', number, statistics });
    } catch (error) {
      const isCancelled = error instanceof CancelledError || underWay.signal.aborted;
      if (!isCancelled) this.#options.log.debug(`A data grid has no answer: ${String(error)}`);
      this.#send({ type: 'failed', number, ...(isCancelled ? {} : { words: errorText(error) }) });
    } finally {
      clearTimeout(told);
      if (this.#underWay === underWay) {
        this.#underWay = undefined;
        this.#send({ type: 'waiting', on: 'nothing' });
      }
    }
  }

  async #ask(session: ExtSession | undefined, request: DataRequest, signal: AbortSignal): Promise<DataAnswer> {
    if (!session) throw new Error(vscode.l10n.t('The session is not running.'));
    const answer = v.parse(dataAnswerSchema, await session.data(request, signal));
    const { problem, type } = answer;
    if (problem === undefined) return answer;
    if (problem === 'parquet') throw new Error(noParquet(type ?? ''));
    if (problem === 'value') throw new Error(vscode.l10n.t("'{0}' is not a value of this column.", type ?? ''));
    if (problem === 'expression') throw new Error(type);
    if (problem === 'rows')
      throw new Error(vscode.l10n.t('The table has too many rows to be sorted, filtered or summarized.'));
    if (problem === 'gone') throw new Error(vscode.l10n.t('The data is no longer in the session.'));
    throw new Error(noTable(type ?? ''));
  }

  async #save(rows: ParquetRequest): Promise<void> {
    const { of, title } = this.#options;
    const session = this.#options.session();
    const state = this.#commands;
    await saveData({
      title,
      ask: (signal) => (request) => this.#ask(session, { of, ...rows, ...request }, signal),
      hasChanged: () => this.#commands !== state,
    });
  }

  /** The session need not keep anything for the tab any more. */
  #end(): void {
    this.#underWay?.abort();
    const { of, log } = this.#options;
    if (!('kept' in of)) return;
    const released = this.#options.session()?.data({ ask: 'release', of }, new AbortController().signal);
    released?.catch((error: unknown) => {
      log.debug(`A session was not told that a data grid is closed: ${String(error)}`);
    });
  }

  #send(message: DataMessage): void {
    void this.#panel.webview.postMessage(message);
  }
}

function noTable(type: string): string {
  if (type.endsWith('LazyFrame'))
    return vscode.l10n.t('A lazy frame has no rows yet. View the result of its collect().');
  if (type.endsWith('GroupBy'))
    return vscode.l10n.t('Groups have no rows of their own. View the result of an aggregation.');
  return vscode.l10n.t("A value of type '{0}' has no rows and columns.", type);
}

/** `reason` is the type of what no library writes, or the error of the library. */
function noParquet(reason: string): string {
  return reason.includes(': ')
    ? vscode.l10n.t('Parquet could not be written. Is pyarrow installed in the session? {0}', reason)
    : vscode.l10n.t("A value of type '{0}' cannot be written as Parquet. Save it as CSV.", reason);
}
