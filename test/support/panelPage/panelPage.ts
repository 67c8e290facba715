import type { Browser, Locator, Page } from 'playwright-core';
import { parseIntent, dispatch, type Intent } from '../../../src/protocol/panel.js';
import { commandActions } from '../../../src/panel/commandActions.js';
import type { DrawnType } from '../../../src/protocol/panelForms.js';
import { FormDrawings } from '../../../src/panel/formDrawings.js';
import { OutputSearch } from '../../../src/panel/find/outputSearch.js';
import { InputHistory } from '../../../src/panel/inputHistory.js';
import type { PanelActions, Welcome } from '../../../src/panel/panelActions.js';
import { PanelFeed } from '../../../src/panel/panelFeed.js';
import { panelIntents } from '../../../src/panel/panelIntents.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { PanelSettings } from '../../../src/protocol/panelSettings.js';
import { actAsVSCode, pageFiles, pageOf, type PageLanguage, type Theme } from './servedPage.js';
import { pageBesideOthers } from './sharedContext.js';
import { usualSettings } from './usualSettings.js';
import { usualWelcome } from './usualWelcome.js';

const ORIGIN = 'http://panel.test';
export interface PanelPageOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly model?: PanelModel;
  readonly welcome?: Welcome;
  /** Sources in Python, oldest first. */
  readonly history?: readonly string[];
  readonly deviceScaleFactor?: number;
  readonly reducedMotion?: boolean;
  readonly settings?: Partial<PanelSettings>;
  /** VS Code's display language, English without one. */
  readonly language?: PageLanguage;
}

/** The built panel in a browser, with the real model and the real page around it; the test plays VS Code. */
export class PanelPage {
  readonly #options: PanelPageOptions;

  readonly intents: Intent[] = [];
  /** Calls of the panel's actions, as `name argument ...`. */
  readonly calls: string[] = [];
  readonly copied: string[] = [];
  /** Links that were clicked: VS Code handles each click, and opens the link or not. */
  readonly links: string[] = [];
  /** Requests to the network other than for the files of the page. */
  readonly requests: string[] = [];
  /** Console errors, uncaught exceptions and violations of the policy. */
  readonly problems: string[] = [];
  readonly history: InputHistory;
  /** Answers of the session, which a test can set. */
  complete: PanelActions['complete'] = () => Promise.resolve(undefined);
  signature: PanelActions['signature'] = () => Promise.resolve(undefined);
  /** The width of a line as the page has measured it. */
  columns: number | undefined;
  readonly #welcome: Welcome;
  #feed: PanelFeed | undefined;
  readonly #drawings = new FormDrawings();
  #settings: PanelSettings;
  #search: OutputSearch;

  private constructor(
    readonly page: Page,
    public model: PanelModel,
    options: PanelPageOptions,
  ) {
    this.#options = options;
    this.#welcome = options.welcome ?? usualWelcome;
    this.#settings = { ...usualSettings, ...options.settings };
    this.#search = new OutputSearch(model);
    const typed = options.history?.map((source) => ({ source, evaluator: 'python' }));
    this.history = new InputHistory({ get: () => typed, update: () => Promise.resolve() });
  }

  static async open(browser: Browser, options: PanelPageOptions = {}): Promise<PanelPage> {
    const { theme = 'dark', width = 620, height = 800, model = new PanelModel() } = options;
    const { deviceScaleFactor, reducedMotion } = options;
    const page =
      deviceScaleFactor === undefined
        ? await pageBesideOthers(browser, ORIGIN)
        : await browser.newPage({ deviceScaleFactor });
    await page.setViewportSize({ width, height });
    if (reducedMotion) await page.emulateMedia({ reducedMotion: 'reduce' });
    const panel = new PanelPage(page, model, options);
    await panel.#serve(theme);
    await page.goto(ORIGIN);
    // From now on, it handles keys.
    await page.locator('.panel').waitFor();
    return panel;
  }

  get feedNode(): Locator {
    return this.page.getByRole('feed');
  }

  /** The input line, once its editor has been loaded. */
  get input(): Locator {
    return this.page.locator('.entry .cm-content');
  }

  /** The text of the input line. */
  async typed(): Promise<string> {
    const lines = this.input.locator('.cm-line');
    return (
      await lines.evaluateAll((nodes) =>
        nodes.map((node) => (node.querySelector('.cm-placeholder') ? '' : node.textContent)),
      )
    ).join('\n');
  }

  /** The entries of the list above the input line. */
  get suggestions(): Locator {
    return this.page.getByRole('listbox').getByRole('option');
  }

  get header(): Locator {
    return this.page.locator('header.bar');
  }

  get commands(): Locator {
    return this.page.locator('article.cmd');
  }

  command(index: number): Locator {
    return this.commands.nth(index);
  }

  /** The user changes settings. */
  set(settings: Partial<PanelSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
    this.#feed?.settingsChanged();
  }

  /** Hides the panel and shows it again: VS Code discards the page, and keeps its state. */
  async hideAndShow(): Promise<void> {
    await this.page.reload();
  }

  /** Closes the window, and opens a new one with the state of the page and this transcript. */
  async openInNewWindow(model: PanelModel): Promise<void> {
    this.model = model;
    this.#search = new OutputSearch(model);
    await this.page.reload();
  }

  /** What the host does when the user asks for an entry. */
  reveal(key: number): void {
    this.#feed?.answer({ type: 'reveal', key });
  }

  /** What the host does when the user opens the panel to type in it. */
  giveFocus(): void {
    this.#feed?.answer({ type: 'focus' });
  }

  /** Has the page draw a form for an export. */
  draw(mime: DrawnType, data: string): Promise<string | undefined> {
    return this.#drawings.draw((change) => this.#feed?.answer(change), mime, data);
  }

  /** Sends a message to the page as the host does. */
  async send(message: unknown): Promise<void> {
    await this.page.evaluate((data) => {
      window.postMessage(data);
    }, message);
  }

  async close(): Promise<void> {
    this.#feed?.dispose();
    await this.page.close();
  }

  async #serve(theme: Theme): Promise<void> {
    const { page } = this;
    const files = await pageFiles();
    await page.exposeFunction('panelIntent', (data: unknown) => {
      this.#received(data);
    });
    await page.exposeFunction('panelProblem', (problem: string) => this.problems.push(problem));
    await page.exposeFunction('panelLink', (href: string) => this.links.push(href));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(`${ORIGIN}/`) && !url.startsWith('data:')) this.requests.push(url);
    });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.problems.push(message.text());
    });
    page.on('pageerror', (error) => this.problems.push(String(error)));
    await page.addInitScript(actAsVSCode);
    await page.route(`${ORIGIN}/**`, async (route) => {
      const path = new URL(route.request().url()).pathname;
      const body = path === '/' ? pageOf(theme, this.#options.language) : files.get(path);
      const contentType = path.endsWith('.css') ? 'text/css' : path.endsWith('.js') ? 'text/javascript' : 'text/html';
      await route.fulfill(body === undefined ? { status: 404 } : { body, contentType });
    });
  }

  #received(data: unknown): void {
    const intent = parseIntent(data);
    if (!intent) {
      this.problems.push(`no intent: ${JSON.stringify(data)}`);
      return;
    }
    if (intent.type !== 'ack') this.intents.push(intent);
    if (intent.type === 'ready') this.#connect();
    const feed = this.#feed;
    if (!feed) return;
    const actions = this.#actions();
    const copy = (text: string): unknown => this.copied.push(text);
    const fail = (error: unknown): unknown => this.problems.push(String(error));
    const handlers = panelIntents({
      model: this.model,
      feed,
      actions,
      commands: commandActions({
        model: this.model,
        copy,
        actions,
        openOutput: (key) => {
          this.calls.push(`openOutput ${String(key)}`);
          return Promise.resolve();
        },
        fail,
      }),
      welcome: this.#welcome,
      copy,
      openMatch: (key, place) => {
        this.calls.push(`openMatch ${String(key)} ${JSON.stringify(place)}`);
        return Promise.resolve();
      },
      fail,
      search: this.#search,
      drawings: this.#drawings,
      forms: {
        open: ({ mime }) => this.calls.push(`open ${mime}`),
        save: ({ mime }) => this.calls.push(`save ${mime}`),
        run: ({ mime }) => this.calls.push(`run ${mime}`),
      },
    });
    dispatch(handlers, intent);
  }

  #connect(): void {
    this.#feed?.dispose();
    const { title, detail, hints, actions } = this.#welcome;
    const welcome = {
      title,
      detail,
      hints: hints.map(({ keys, does }) => ({ keys: [...keys], does })),
      actions: actions.map((action) => ({ title: action.title, primary: action.primary ?? false })),
    };
    this.#feed = new PanelFeed({
      model: this.model,
      welcome,
      history: () => this.history.entries,
      settings: () => this.#settings,
      send: (message) => {
        this.send(message).catch(() => undefined); // The page may be gone by now.
      },
    });
  }

  #actions(): PanelActions {
    const { calls, model } = this;
    const note =
      (name: string) =>
      (...args: readonly unknown[]): void => {
        calls.push([name, ...args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg)))].join(' '));
      };
    return {
      interrupt: note('interrupt'),
      restart: note('restart'),
      showSession: note('showSession'),
      clear: () => {
        calls.push('clear');
        model.clear();
      },
      openOrigin: note('openOrigin'),
      openFrame: note('openFrame'),
      missCommand: note('missCommand'),
      runInput: (source, evaluator, session) => {
        const named = session === undefined ? [] : [session];
        note('runInput')(...(evaluator === 'python' ? [] : [evaluator]), source, ...named);
        void this.history.add(source, evaluator);
      },
      complete: (...asked) => this.complete(...asked),
      signature: (...asked) => this.signature(...asked),
      runAgain: note('runAgain'),
      debugError: note('debugError'),
      showLog: note('showLog'),
      setColumns: (columns) => {
        this.columns = columns;
      },
      toggleWordWrap: () => {
        this.set({ wrap: !this.#settings.wrap });
      },
      vscodeCommand: note('vscodeCommand'),
    };
  }
}
