import * as v from 'valibot';
import * as vscode from 'vscode';
import { within } from '../engine/deadline.js';
import type { Logger } from '../engine/logger.js';
import { setContext } from '../host/contextKeys.js';
import { onDidChangeSetting, setting } from '../host/settings.js';
import type { PanelModel } from '../panel/model/panelModel.js';
import { formOfPart } from '../panel/formOfPart.js';
import type { SessionPanel } from '../panel/sessionPanel.js';
import { showPage } from '../panel/showPage.js';
import { dispatch, type HandlersOf } from '../protocol/panel.js';
import { type PlotsIntent, plotsIntentSchema, type PlotsMessage } from '../protocol/plots.js';
import { type ListedPlot, PlotList } from './plotList.js';
import { ShownPlot } from './shownPlot.js';

/** Plots that come so soon after each other are told together. */
const SOON_MS = 100;
/** A page that has not drawn a plot in this time is not there. */
const RENDER_MS = 10_000;
const REMOVED_KEY = 'plots.removed';

export interface PlotsViewOptions {
  readonly extensionUri: vscode.Uri;
  readonly model: PanelModel;
  readonly memory: vscode.Memento;
  readonly panel: Pick<SessionPanel, 'show' | 'commands' | 'forms'>;
  readonly log: Logger;
}

/**
 * The view of the transcript's plots. There is nothing to see or to do while the setting shows them in the panel only.
 */
export class PlotsView implements vscode.WebviewViewProvider, vscode.Disposable {
  static readonly viewId = 'extsession.plots';
  readonly #options: PlotsViewOptions;
  readonly #list: PlotList;
  readonly #shown = new ShownPlot();
  readonly #subscriptions: readonly vscode.Disposable[];
  /** What waits for plots as PNG. */
  readonly #rendering = new Map<string, (png: string | undefined) => void>();
  #view: vscode.WebviewView | undefined;
  #timer: NodeJS.Timeout | undefined;

  readonly #intents: HandlersOf<PlotsIntent> = {
    ready: () => {
      this.#tell();
    },
    load: ({ id }) => {
      const plot = this.#shown.find(id);
      const data = plot && this.#options.model.form(plot.key, plot.part, plot.mime);
      this.#send({ type: 'data', id, ...(data === undefined ? {} : { data }) });
    },
    select: ({ id }) => {
      this.#shown.select(id);
    },
    delete: ({ id }) => {
      this.delete(this.#shown.find(id));
    },
    run: ({ id }) => {
      this.#withForm(this.#shown.find(id), 'run');
    },
    rendered: ({ id, png }) => {
      this.#rendering.get(id)?.(png);
      this.#rendering.delete(id);
    },
  };

  constructor(options: PlotsViewOptions) {
    this.#options = options;
    const { memory, model } = options;
    const removed = {
      get: () => memory.get<readonly string[]>(REMOVED_KEY) ?? [],
      set: (ids: readonly string[]) => void memory.update(REMOVED_KEY, ids),
    };
    this.#list = new PlotList(model, removed, () => {
      this.#updateSoon();
    });
    this.#subscriptions = [
      vscode.window.registerWebviewViewProvider(PlotsView.viewId, this),
      onDidChangeSetting('plots', () => {
        this.#updateSoon();
      }),
    ];
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    const { extensionUri, log } = this.#options;
    const { webview } = view;
    webview.onDidReceiveMessage((data: unknown) => {
      const intent = v.safeParse(plotsIntentSchema, data, { abortEarly: true });
      if (intent.success) dispatch(this.#intents, intent.output);
      else log.warn('Dropped an invalid message from the Plots view.');
    });
    view.onDidDispose(() => {
      if (this.#view === view) this.#view = undefined;
      for (const give of this.#rendering.values()) give(undefined);
      this.#rendering.clear();
    });
    showPage(webview, extensionUri, 'plots');
  }

  /** The plot with an id, or the one in front. */
  plot(id?: string): ListedPlot | undefined {
    return id === undefined ? this.#shown.current : this.#shown.find(id);
  }

  /** Shows a newer plot (-1) or an older one (1). */
  step(by: -1 | 1): void {
    this.#shown.step(by);
    this.#tell();
  }

  open(plot: ListedPlot | undefined): void {
    this.#withForm(plot, 'open');
  }

  save(plot: ListedPlot | undefined): void {
    this.#withForm(plot, 'save');
  }

  goToCommand(plot: ListedPlot | undefined): void {
    if (plot) this.#options.panel.show({ focus: true, key: plot.key });
  }

  runAgain(plot: ListedPlot | undefined): void {
    if (plot) this.#options.panel.commands.runAgain(plot.key);
  }

  /** Removes a plot from the view; it stays in the panel. */
  delete(plot: ListedPlot | undefined): void {
    if (!plot) return;
    this.#list.remove([plot.id]);
    this.#update();
  }

  /** Removes all plots from the view. */
  clear(): void {
    this.#list.remove(this.#list.plots.map(({ id }) => id));
    this.#update();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#list.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #withForm(plot: ListedPlot | undefined, action: 'open' | 'save' | 'run'): void {
    if (!plot) return;
    const { model, panel } = this.#options;
    const data = model.form(plot.key, plot.part, plot.mime);
    const entry = model.entry(plot.key, 0);
    if (data !== undefined && entry?.type === 'command') {
      const form = formOfPart(model, { ...plot, entry }, data);
      panel.forms[action](form, plot.obstacle ? undefined : () => this.#asPng(plot.id));
    } else void vscode.window.showInformationMessage(vscode.l10n.t('This plot was too large to keep.'));
  }

  /** A plot as PNG; undefined if there is no page that draws it: that of a hidden view is gone. */
  #asPng(id: string): Promise<string | undefined> {
    const png = new Promise<string | undefined>((resolve) => {
      if (!this.#view) {
        resolve(undefined);
        return;
      }
      this.#rendering.get(id)?.(undefined);
      this.#rendering.set(id, resolve);
      this.#send({ type: 'render', id });
    });
    return within(RENDER_MS, png);
  }

  #updateSoon(): void {
    if (setting('plots') === 'panel') return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#update();
    }, SOON_MS);
  }

  #update(): void {
    const hasNew = this.#shown.update(this.#list.plots);
    setContext('extsession.hasPlots', this.#shown.current !== undefined);
    this.#tell();
    const { current } = this.#shown;
    // The first plot of a window opens the view; after that, the user decides whether it stays open.
    if (hasNew && !this.#view && current && current.key > this.#options.model.firstKey) {
      void vscode.commands.executeCommand(`${PlotsView.viewId}.focus`, { preserveFocus: true });
    }
  }

  #tell(): void {
    const current = this.#shown.current?.id;
    const plots = this.#list.plots.map(({ key: _key, part: _part, ...plot }) => plot);
    this.#send({ type: 'plots', plots, ...(current === undefined ? {} : { current }) });
  }

  #send(message: PlotsMessage): void {
    void this.#view?.webview.postMessage(message);
  }
}
