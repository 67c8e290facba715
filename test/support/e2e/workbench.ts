import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { dist } from '../project.mjs';
import { Editor } from './editor.js';
import { inFrames } from './inFrames.js';
import { type Theme, themes } from './looks.js';
import { Panel } from './panel.js';
import { Problems } from './problems.js';
import { QuickInput } from './quickInput.js';
import { storedState } from './storedState.js';
import { disappears, until } from './until.js';

const screenshotFolder = path.join(dist, 'screenshots');

/** A window loads in a few seconds, and on a machine with many times more to do than it can in minutes. */
const LOADED_MS = 120_000;

/** VS Code stores what a window remembers once a minute, when it has nothing else to do. */
const STORED_MS = 150_000;

export interface WorkbenchOptions {
  readonly context: BrowserContext;
  readonly server: { readonly url: string };
  readonly folder: string;
}

/** A VS Code window in the browser, as a person uses it. */
export class Workbench {
  readonly #folder: string;
  readonly #quick: QuickInput;
  #theme: Theme = 'dark';
  #isRefitted = false;

  readonly problems = new Problems();

  private constructor(
    readonly page: Page,
    folder: string,
  ) {
    this.#folder = folder;
    this.#quick = new QuickInput(page);
  }

  /** Opens a window on the folder and waits until its files are listed. */
  static async open({ context, server, folder }: WorkbenchOptions): Promise<Workbench> {
    const page = await context.newPage();
    const workbench = new Workbench(page, folder);
    await workbench.problems.watch(page);
    const url = new URL(server.url);
    url.searchParams.set('folder', folder);
    await page.goto(url.href);
    await workbench.#loaded();
    return workbench;
  }

  /** Whether its settings, its sessions or its views are no longer the usual ones. */
  get isRefitted(): boolean {
    return this.#isRefitted;
  }

  get panel(): Panel {
    return new Panel(this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame'));
  }

  get editor(): Editor {
    return new Editor(this.page);
  }

  /** The messages in the corner, one locator for all of them. */
  get notifications(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item');
  }

  /** The rows of the sessions view. */
  get sessions(): Locator {
    return this.page.locator('.pane', { hasText: 'Sessions' }).last().locator('.monaco-list-row');
  }

  get quickInput(): Locator {
    return this.#quick.input;
  }

  /** What a list at the top offers. */
  get choices(): Locator {
    return this.#quick.rows;
  }

  /** Resizes it, for pictures. */
  async resize(size: Readonly<{ width: number; height: number }>): Promise<void> {
    await this.page.setViewportSize(size);
  }

  /** Says that it cannot be made like a new one again: the next file has a new one. */
  spoil(): void {
    this.#isRefitted = true;
  }

  /** Runs a command from the palette; `title` is what the palette shows, with the category. */
  async runCommand(title: string): Promise<void> {
    await this.#quick.choose('F1', `>${title}`, title);
  }

  /** Whether the palette has a command. */
  offers(title: string): Promise<boolean> {
    return this.#quick.offers(title);
  }

  /** Adds files of names that no other test has used; the first group of editors has the focus then. */
  async addFiles(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      if (this.hasFile(name) && (await this.readFile(name)) !== text)
        throw new Error(`Another test has a ${name} of another text, which may still be shown: choose another name.`);
      await this.writeFile(name, text);
    }
    // A panel in another group has the focus again if it learns late that it had lost it.
    await until(async () => {
      await this.page.keyboard.press('Control+1');
      return this.page.evaluate(() => {
        const first = document.querySelector('.editor-group-container');
        const shown = first?.querySelector('.tab.active')?.textContent ?? '';
        const isPageThere = shown.includes('ExtSession') || shown.includes('Output of');
        const isActive = first?.classList.contains('active') === true;
        return isActive && (isPageThere || document.activeElement?.tagName !== 'IFRAME');
      });
    }, 'the first group of editors has the focus');
  }

  /** Opens a file of the folder's top level in the editor for it. The Explorer only draws files that are in sight. */
  async openTab(name: string): Promise<void> {
    await this.#quick.choose('Control+P', name, name);
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
  }

  /** Opens a file of the folder's top level in the editor. */
  async openFile(name: string): Promise<void> {
    await this.openTab(name);
    // The tab is there before the text is. A box may take the focus at once.
    const editor = '.editor-group-container.active .editor-instance .monaco-editor';
    await this.page.locator(`${editor}[data-uri$="/${name}"] .view-line`).first().waitFor();
  }

  /** Opens a file of the folder's top level without the extension host, which searches for files otherwise. */
  async openFromExplorer(name: string): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
    await this.editor.focused.waitFor();
  }

  /** Puts the cursor at the beginning of a line; lines count from 1. */
  async goToLine(line: number): Promise<void> {
    await until(async () => {
      await this.#quick.ask('Control+G');
      return this.#quick.typed(`:${String(line)}`);
    }, `a line is asked for`);
    await this.page.keyboard.press('Enter');
    await this.quickInput.waitFor({ state: 'hidden' });
    await this.editor.focused.waitFor();
    await this.cursorAt(line);
  }

  /** Waits until the status bar says that the cursor is in that line. */
  async cursorAt(line: number): Promise<void> {
    await this.page.locator('.statusbar-item', { hasText: new RegExp(`Ln ${String(line)},`) }).waitFor();
  }

  /** Selects whole lines; they count from 1, and both are included. */
  async selectLines(first: number, last: number): Promise<void> {
    await this.goToLine(first);
    for (let line = first; line < last; line++) await this.page.keyboard.press('Shift+ArrowDown');
    await this.page.keyboard.press('Shift+End');
    await this.page.locator('.statusbar-item', { hasText: new RegExp(`Ln ${String(last)},.*selected`) }).waitFor();
  }

  /** Chooses a colour theme as a person does; a change of the settings file would not always be noticed. */
  async setTheme(theme: Theme): Promise<void> {
    if (theme === this.#theme) return;
    this.#theme = theme;
    const { label, className } = themes[theme];
    await this.runCommand('Preferences: Color Theme');
    await this.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Monokai' }).first().waitFor();
    await this.quickInput.fill(label);
    await this.page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: label }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator(`.monaco-workbench.${className}`).waitFor();
  }

  /** Sets the folder's settings as a person does; a change of the settings file would not always be noticed. */
  async setSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    this.#isRefitted = true;
    await this.runCommand('Preferences: Open Workspace Settings (JSON)');
    const editor = this.page.locator('.monaco-modal-editor-block');
    await editor.locator('.monaco-editor.focused').waitFor();
    await this.page.keyboard.press('Control+A');
    const text = JSON.stringify(settings);
    await this.page.keyboard.insertText(text);
    // The editor has closed the brackets itself, too.
    await this.page.keyboard.press('Control+Shift+End');
    await this.page.keyboard.press('Delete');
    await this.page.keyboard.press('Control+S');
    const file = path.join(this.#folder, '.vscode', 'settings.json');
    await until(async () => (await readFile(file, 'utf8')).trim() === text, 'the settings are saved');
    // The first one may close a list of suggestions.
    await until(async () => {
      await this.page.keyboard.press('Escape');
      return disappears(editor, 1500);
    }, 'the settings are closed');
  }

  /** Writes a file of the folder behind the editor's back. */
  async writeFile(name: string, text: string): Promise<void> {
    await writeFile(path.join(this.#folder, name), text);
  }

  /** What a file of the folder holds; nothing when it is not there. */
  async readFile(name: string): Promise<string> {
    return this.hasFile(name) ? readFile(path.join(this.#folder, name), 'utf8') : '';
  }

  hasFile(name: string): boolean {
    return existsSync(path.join(this.#folder, name));
  }

  /** Reloads the window, and waits until its files are listed, or for something else. */
  async reload(loaded = () => this.#loaded()): Promise<void> {
    await this.problems.leaveOut(async () => {
      const unloaded = this.page.waitForEvent('framenavigated', (frame) => frame === this.page.mainFrame());
      await this.runCommand('Developer: Reload Window');
      await unloaded;
    });
    await loaded();
  }

  /** Closes the window, and opens it again. */
  async leaveAndComeBack(): Promise<void> {
    const url = this.page.url();
    await this.problems.leaveOut(async () => {
      await this.page.goto('about:blank');
      await this.page.goto(url);
      await this.#loaded();
    });
  }

  /** Waits until VS Code has stored something for the next window, which it does now and then. */
  async stores(pattern: RegExp): Promise<void> {
    const state = (): Promise<string> => this.page.evaluate(storedState);
    const options = { message: 'what VS Code has stored', interval: 500, timeout: STORED_MS };
    await expect.poll(state, options).toMatch(pattern);
  }

  /** What every frame of the window says: for pages that are not the panel. */
  textsOfFrames(): Promise<string[]> {
    return inFrames(this.page, () => [document.body.innerText.trim()]);
  }

  /** The addresses of the images of every frame, once they are there and drawn. */
  imagesOfFrames(): Promise<string[]> {
    return inFrames(this.page, () =>
      Array.from(document.images)
        .filter(({ complete, naturalWidth }) => complete && naturalWidth > 0)
        .map(({ src }) => src),
    );
  }

  /** Writes a picture of the window where a person can look at it. */
  async screenshot(name: string): Promise<void> {
    await mkdir(screenshotFolder, { recursive: true });
    await this.page.screenshot({ path: path.join(screenshotFolder, `${name}.png`) });
  }

  async #loaded(): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: LOADED_MS });
  }
}
