import * as vscode from 'vscode';
import { DisposableStore } from '../engine/disposableStore.js';
import type { ExtResults } from '../engine/extResults.js';
import type { Logger } from '../engine/logger.js';
import { setContext } from '../host/contextKeys.js';
import { failureNotice, showMessage } from '../host/messages.js';
import { onDidChangePanelSettings, panelSettings } from '../host/panelSettings.js';
import { onDidChangeSetting, setting } from '../host/settings.js';
import { type Change, dispatch, parseIntent, type IntentHandlers } from '../protocol/panel.js';
import { type CommandActions, commandActions } from './commandActions.js';
import { type AskSession, Figures } from './figures.js';
import { FormDrawings } from './formDrawings.js';
import { type FormActions, formActions } from './formActions.js';
import { FormFiles } from './formFiles.js';
import type { InputHistory } from './inputHistory.js';
import { OutputDocuments } from './outputDocuments.js';
import { OutputSearch } from './find/outputSearch.js';
import type { PanelActions, Welcome } from './panelActions.js';
import { PanelFeed } from './panelFeed.js';
import { panelIntents } from './panelIntents.js';
import type { PanelModel } from './model/panelModel.js';
import { type PanelSurface, tabSurface, viewSurface } from './panelSurface.js';
import { ScriptPages } from './scripts/scriptPages.js';
import { showPage } from './showPage.js';
import { shownWelcome } from './shownWelcome.js';
import { closeTab, replaceTabLeft, tabLeft } from './tabLeft.js';
import { TranscriptFile } from './transcriptFile.js';

export interface SessionPanelOptions {
  readonly extensionUri: vscode.Uri;
  /** Where the transcript is kept when the window is reloaded; without it, nothing is kept. */
  readonly storageUri: vscode.Uri | undefined;
  readonly model: PanelModel;
  readonly log: Logger;
  readonly actions: PanelActions;
  readonly askSession: AskSession;
  readonly welcome: Welcome;
  readonly history: InputHistory;
  /** Called with results that are in the saved transcript. */
  readonly onDidSave: (results: readonly ExtResults[]) => void;
  /** Settles when the model has what sessions of the last window have left. */
  readonly resumed: Promise<void>;
}

interface Shown {
  readonly surface: PanelSurface;
  readonly feed: PanelFeed;
  readonly intents: IntentHandlers;
}

/** The panel that shows the model, one per window: a tab or a view, depending on the setting. */
export class SessionPanel implements vscode.Disposable, vscode.WebviewViewProvider {
  readonly #options: SessionPanelOptions;

  static readonly viewType = 'extsession.panel';
  static readonly viewId = 'extsession.view';
  readonly #disposables = new DisposableStore();
  readonly #documents: OutputDocuments;
  /** What the page and the context menus do with a command. */
  readonly commands: CommandActions;
  readonly drawings = new FormDrawings();
  readonly forms: FormActions;
  readonly #file: TranscriptFile;
  #shown: Shown | undefined;
  /** A change to send to a view when it exists. */
  #awaited: Change | undefined;
  #restored = false;
  readonly #visibleChanged = this.#disposables.add(new vscode.EventEmitter<void>());
  #disposed = false;

  readonly onDidChangeVisible = this.#visibleChanged.event;

  constructor(options: SessionPanelOptions) {
    this.#options = options;
    this.#documents = this.#disposables.add(new OutputDocuments(options.model));
    this.commands = commandActions({
      model: options.model,
      copy,
      actions: options.actions,
      openOutput: (key) => this.#documents.open(key),
      fail,
    });
    const scripts = this.#disposables.add(new ScriptPages(options.extensionUri));
    const files = this.#disposables.add(new FormFiles(new Figures(options.askSession)));
    this.forms = formActions(files, scripts, fail);
    this.#file = this.#disposables.add(
      new TranscriptFile({
        folder: options.storageUri?.fsPath,
        model: options.model,
        isWanted: () => setting('panel.saveTranscript'),
        onDidSave: options.onDidSave,
        log: options.log,
      }),
    );
    this.#disposables.add(
      vscode.window.tabGroups.onDidChangeTabs(() => {
        if (!this.#shown) this.#visibleChanged.fire(); // the one that is awaited may be gone
      }),
    );
    this.#disposables.add(onDidChangePanelSettings(() => this.#shown?.feed.settingsChanged()));
    this.#disposables.add(onDidChangeSetting('panel.placement', () => this.#move()));
    this.#disposables.add(onDidChangeSetting('panel.saveTranscript', () => void this.#file.follow()));
  }

  /** Whether there is a panel, visible or not. */
  get isOpen(): boolean {
    return this.#shown !== undefined;
  }

  /** Whether VS Code is about to hand over the panel of the last window, which was visible. */
  get isAwaited(): boolean {
    return !this.#shown && tabLeft(SessionPanel.viewType)?.isActive === true;
  }

  /** Whether the panel is currently visible. */
  get visible(): boolean {
    return this.#shown?.surface.visible ?? false;
  }

  /**
   * Opens the panel where the setting says, or makes it visible. The focus does not move unless asked to.
   *
   * @param options.key an entry to reveal and focus; `change` is sent when the page exists
   */
  show(options: { readonly focus?: boolean; readonly key?: number; readonly change?: Change } = {}): void {
    const { focus = false, key, change } = options;
    const session = key === undefined ? undefined : this.#options.model.sessionOf(key);
    if (session !== undefined) this.#options.actions.showSession(session);
    const answer: Change = change ?? (key === undefined ? { type: 'focus' } : { type: 'reveal', key });
    if (!this.#shown && setting('panel.placement') === 'panel') {
      this.#awaited = focus || change ? answer : undefined;
      void vscode.commands.executeCommand(`${SessionPanel.viewId}.focus`, { preserveFocus: !focus });
      return;
    }
    const feed = this.#shown ? this.#uncover(this.#shown, focus) : this.#create(focus);
    if (focus || change) feed.answer(answer);
  }

  #uncover({ surface, feed }: { readonly surface: PanelSurface; readonly feed: PanelFeed }, focus: boolean): PanelFeed {
    // A hidden panel has no page: messages would be lost until the next page requests the transcript.
    if (!surface.visible) feed.pause();
    if (!surface.visible || focus) surface.reveal(focus);
    return feed;
  }

  #create(focus: boolean): PanelFeed {
    // No retainContextWhenHidden: a hidden panel would keep its page in memory and continue to draw. A snapshot
    // restores it with one message, and the page's own state keeps folds and the scroll position.
    const left = this.#restored ? undefined : tabLeft(SessionPanel.viewType);
    const usual = vscode.ViewColumn[setting('panel.placement') === 'active' ? 'Active' : 'Beside'];
    const panel = vscode.window.createWebviewPanel(SessionPanel.viewType, 'ExtSession', {
      viewColumn: left?.group.viewColumn ?? usual,
      preserveFocus: !focus,
    });
    const feed = this.#open(tabSurface(panel, this.#icon));
    if (left) {
      void closeTab(left);
      void this.#restore();
    }
    // From now on, the file belongs to this window: a view that the panel moves to must not restore it again.
    this.#restored = true;
    return feed;
  }

  /** The user chose another placement: moves the panel there if it was visible. */
  #move(): void {
    const shown = this.#shown;
    if (!shown) return;
    const { visible } = shown.surface;
    this.#become(undefined);
    shown.feed.dispose();
    shown.surface.dispose();
    if (visible) this.show();
  }

  /** Keeps a view that is shown until it has moved: the changed setting alone would close it before we are notified. */
  #become(shown: Shown | undefined): void {
    this.#shown = shown;
    setContext('extsession.hasView', shown?.surface.isView ?? false);
  }

  get #icon(): vscode.Uri {
    return vscode.Uri.joinPath(this.#options.extensionUri, 'media', 'panel-icon.svg');
  }

  /** Takes over a tab that VS Code restored after the window was reloaded, with the transcript as history. */
  async adopt(panel: vscode.WebviewPanel): Promise<void> {
    if (this.#shown) {
      panel.dispose();
      return;
    }
    this.#open(tabSurface(panel, this.#icon));
    await this.#restore();
  }

  /** VS Code shows the view, either on request or because it did so before the window was reloaded. */
  async resolveWebviewView(view: vscode.WebviewView): Promise<void> {
    const feed = this.#open(viewSurface(view));
    if (this.#awaited) feed.answer(this.#awaited);
    this.#awaited = undefined;
    await this.#restore();
  }

  async #restore(): Promise<void> {
    if (this.#restored) return;
    this.#restored = true;
    await this.#file.restore(this.#options.resumed);
  }

  /** Whether the transcript is saved. */
  get savesTranscript(): boolean {
    return this.#file.isSaved;
  }

  /** Writes the transcript immediately. */
  save(): Promise<void> {
    return this.#file.save();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#shown?.feed.dispose();
    this.#shown?.surface.dispose();
    this.#disposables.dispose();
  }

  #open(surface: PanelSurface): PanelFeed {
    const { webview } = surface;
    const { extensionUri, model, log, actions, welcome, history } = this.#options;
    const feed = new PanelFeed({
      model,
      welcome: shownWelcome(welcome),
      history: () => history.entries,
      settings: panelSettings,
      send: (message) => void webview.postMessage(message),
    });
    const search = new OutputSearch(model);
    const intents = panelIntents({
      model,
      feed,
      actions,
      welcome,
      commands: this.commands,
      copy,
      openMatch: (key, place) => this.#documents.open(key, place),
      fail,
      search,
      drawings: this.drawings,
      forms: this.forms,
    });
    this.#become({ surface, feed, intents });
    this.#file.enable();
    webview.onDidReceiveMessage((data: unknown) => {
      const intent = parseIntent(data);
      if (intent) dispatch(intents, intent);
      else log.warn('Dropped an invalid message from the panel.');
    });
    surface.onDidChangeVisible(() => {
      this.#visibleChanged.fire();
    });
    surface.onDidDispose(() => {
      search.stop();
      feed.dispose();
      if (this.#shown?.surface !== surface) return; // it has moved
      this.#become(undefined);
      this.#visibleChanged.fire();
      if (!this.#disposed && !surface.isView) void this.#file.forget();
    });
    showPage(webview, extensionUri, 'main', [['dist', 'grammars'], ['media']]);
    this.#visibleChanged.fire();
    return feed;
  }
}

/**
 * Registers the panel as a view, and restores its tab after the window was reloaded or the extension host has crashed.
 */
export function registerPanel(panel: SessionPanel): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider(SessionPanel.viewId, panel),
    vscode.window.registerWebviewPanelSerializer(SessionPanel.viewType, {
      deserializeWebviewPanel: (webviewPanel) => panel.adopt(webviewPanel),
    }),
    replaceTabLeft(SessionPanel.viewType, panel),
  );
}

function copy(text: string): void {
  void vscode.env.clipboard.writeText(text);
}

function fail(error: unknown): void {
  void showMessage(failureNotice(error));
}
