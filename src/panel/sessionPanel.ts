import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Logger } from '../engine/logger.js';
import { onDidChangePanelSettings, panelSettings } from '../host/panelSettings.js';
import { setting } from '../host/settings.js';
import { dispatch, parseIntent, type IntentHandlers, type PanelWelcome } from '../protocol/panel.js';
import { FormFiles } from './formFiles.js';
import type { InputHistory } from './inputHistory.js';
import { OutputDocuments } from './outputDocuments.js';
import type { PanelActions, Welcome } from './panelActions.js';
import { PanelFeed } from './panelFeed.js';
import { panelHtml } from './panelHtml.js';
import { panelIntents } from './panelIntents.js';
import type { PanelModel } from './panelModel.js';
import { ScriptPages } from './scriptPage.js';
import { TranscriptFile } from './transcriptFile.js';

export interface SessionPanelOptions {
  readonly extensionUri: vscode.Uri;
  /** Where the transcript outlives a window reload; without it nothing is kept. */
  readonly storageUri: vscode.Uri | undefined;
  readonly model: PanelModel;
  readonly log: Logger;
  readonly actions: PanelActions;
  readonly welcome: Welcome;
  readonly history: InputHistory;
}

/** The webview panel that shows the model, one for the window. */
export class SessionPanel implements vscode.Disposable {
  static readonly viewType = 'extsession.panel';
  readonly #documents: OutputDocuments;
  readonly #forms = new FormFiles();
  readonly #scripts = new ScriptPages();
  readonly #file: TranscriptFile;
  #shown:
    { readonly panel: vscode.WebviewPanel; readonly feed: PanelFeed; readonly intents: IntentHandlers } | undefined;
  readonly #visibleChanged = new vscode.EventEmitter<void>();
  readonly #settings = onDidChangePanelSettings(() => this.#shown?.feed.settingsChanged());
  #disposed = false;

  readonly onDidChangeVisible = this.#visibleChanged.event;

  constructor(private readonly options: SessionPanelOptions) {
    this.#documents = new OutputDocuments(options.model);
    this.#file = new TranscriptFile(options.storageUri, options.model, options.log);
  }

  /** Whether a person can see it now. */
  get visible(): boolean {
    return this.#shown?.panel.visible ?? false;
  }

  /**
   * Opens the panel where the setting says, or uncovers it; the focus stays where it is unless asked for.
   *
   * @param options.key of an entry that comes into view and gets the focus
   */
  show(options: { readonly focus?: boolean; readonly key?: number } = {}): void {
    const { focus = false, key } = options;
    const feed = this.#shown ? this.#uncover(this.#shown, focus) : this.#create(focus);
    if (focus) feed.answer(key === undefined ? { type: 'focus' } : { type: 'reveal', key });
  }

  #uncover(
    { panel, feed }: { readonly panel: vscode.WebviewPanel; readonly feed: PanelFeed },
    focus: boolean,
  ): PanelFeed {
    // A hidden panel has no page: what is sent before the next one asks for the transcript would be lost.
    if (!panel.visible) feed.pause();
    if (!panel.visible || focus) panel.reveal(undefined, !focus);
    return feed;
  }

  #create(focus: boolean): PanelFeed {
    // No retainContextWhenHidden: a hidden panel would keep its page in memory and go on drawing. A snapshot brings it
    // back in one message, and folds and the place in the text are kept by the page's own state.
    const panel = vscode.window.createWebviewPanel(
      SessionPanel.viewType,
      'ExtSession',
      {
        viewColumn: vscode.ViewColumn[setting('panel.placement') === 'active' ? 'Active' : 'Beside'],
        preserveFocus: !focus,
      },
      this.#webviewOptions(),
    );
    return this.#open(panel);
  }

  /** Does what an entry's context menu asks for, in the words of the webview. */
  perform(intent: unknown): void {
    const parsed = parseIntent(intent);
    if (parsed && this.#shown) dispatch(this.#shown.intents, parsed);
  }

  /** Takes over a panel that VS Code kept through a window reload, with the transcript as history. */
  async adopt(panel: vscode.WebviewPanel): Promise<void> {
    if (this.#shown) {
      panel.dispose();
      return;
    }
    panel.webview.options = this.#webviewOptions();
    this.#open(panel);
    await this.#file.restore();
  }

  /** Writes the transcript now instead of a moment later. */
  save(): Promise<void> {
    return this.#file.save();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#shown?.feed.dispose();
    this.#shown?.panel.dispose();
    this.#file.dispose();
    this.#documents.dispose();
    this.#forms.dispose();
    this.#scripts.dispose();
    this.#settings.dispose();
    this.#visibleChanged.dispose();
  }

  #webviewOptions(): vscode.WebviewOptions {
    const { extensionUri } = this.options;
    const roots = [['dist', 'panel'], ['media']].map((path) => vscode.Uri.joinPath(extensionUri, ...path));
    return { enableScripts: true, enableForms: false, localResourceRoots: roots };
  }

  #open(panel: vscode.WebviewPanel): PanelFeed {
    const { extensionUri, model, log, actions, welcome, history } = this.options;
    const send = (message: unknown): void => void panel.webview.postMessage(message);
    const feed = new PanelFeed({
      model,
      welcome: shownWelcome(welcome),
      history: () => history.entries,
      settings: panelSettings,
      send,
    });
    const intents = panelIntents({
      model,
      feed,
      actions,
      welcome,
      copy: (text) => void vscode.env.clipboard.writeText(text),
      openInFull: (key) => void this.#documents.open(key),
      forms: {
        open: (form) => void this.#forms.open(form),
        save: (form) => void this.#forms.save(form),
        run: (form) => void this.#scripts.run(form),
      },
    });
    this.#shown = { panel, feed, intents };
    this.#file.enable();
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'panel-icon.svg');
    panel.webview.onDidReceiveMessage((data: unknown) => {
      const intent = parseIntent(data);
      if (intent) dispatch(intents, intent);
      else log.warn('The panel sent something that is no intent; it was dropped.');
    });
    panel.onDidChangeViewState(() => {
      this.#visibleChanged.fire();
    });
    panel.onDidDispose(() => {
      feed.dispose();
      this.#shown = undefined;
      this.#visibleChanged.fire();
      if (!this.#disposed) void this.#file.forget();
    });
    const resource = (name: string): string =>
      panel.webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'panel', name)).toString();
    const nonce = randomBytes(16).toString('base64url');
    panel.webview.html = panelHtml({ script: resource('main.js'), style: resource('main.css'), nonce });
    this.#visibleChanged.fire();
    return feed;
  }
}

/** Brings the panel back after a window reload. */
export function registerPanelSerializer(panel: SessionPanel): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(SessionPanel.viewType, {
    deserializeWebviewPanel: (webviewPanel) => panel.adopt(webviewPanel),
  });
}

function shownWelcome({ title, detail, hints, actions }: Welcome): PanelWelcome {
  return {
    title,
    detail,
    hints: hints.map(({ keys, mac, does }) => ({ keys: [...keys], ...(mac ? { mac: [...mac] } : {}), does })),
    actions: actions.map((action) => ({ title: action.title, primary: action.primary ?? false })),
  };
}
