import type { Locator, Page } from 'playwright-core';
import { appears, until } from './until.js';

/** The list at the top, in which VS Code's commands, files and lines are chosen. */
export class QuickInput {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get input(): Locator {
    return this.#page.locator('.quick-input-widget input.input');
  }

  /** What the list offers. */
  get rows(): Locator {
    return this.#page.locator('.quick-input-widget .monaco-list-row');
  }

  /** Whether the palette has a command. */
  async offers(title: string): Promise<boolean> {
    const row = this.#row(title);
    await until(async () => {
      await this.ask('F1');
      return this.typed(`>${title}`);
    }, 'the palette takes a title');
    // Where it has no such command it may offer similar ones.
    const isOffered = await appears(row, 3000);
    await this.#page.keyboard.press('Escape');
    await this.input.waitFor({ state: 'hidden' });
    return isOffered;
  }

  /**
   * Takes what a list at the top offers for a text. A list that is open does not learn of what comes later: it is asked
   * again.
   */
  async choose(key: string, text: string, name: string): Promise<void> {
    const row = this.#row(name);
    const none = this.rows.filter({ hasText: /^No matching/ });
    await until(async () => {
      await this.ask(key);
      const answered = (await this.typed(text)) && (await appears(row.or(none).first(), 1500));
      // A panel that opens late takes the focus, and the list goes.
      const found = answered && (await row.isVisible()) && (await clicked(row)) && (await this.#isTaken(text));
      if (!found) await this.#page.keyboard.press('Escape');
      return found;
    }, `'${name}' is offered`);
  }

  /** The row of that very name: others may begin with it, and stand above it. */
  #row(name: string): Locator {
    const whole = new RegExp(String.raw`^${name.replaceAll(/[.()?]/g, String.raw`\$&`)}(\.{3})?$`);
    return this.rows.filter({ has: this.#page.locator('.label-name', { hasText: whole }) }).first();
  }

  /** Whether the list at the top took the text: one that was seen while the last one went may be gone. */
  typed(text: string): Promise<boolean> {
    return this.input.fill(text, { timeout: 1500 }).then(
      () => true,
      () => false,
    );
  }

  /** Whether the list goes, or another one comes: a row that is drawn anew while it is clicked on is not chosen. */
  #isTaken(text: string): Promise<boolean> {
    const texts = () =>
      this.input.evaluateAll((inputs) =>
        inputs.filter((one) => one.checkVisibility()).map((one) => (one as HTMLInputElement).value),
      );
    return until(async () => !(await texts()).includes(text), `the list with '${text}' goes`, 10_000).then(
      () => true,
      () => false,
    );
  }

  /** Opens a list at the top. A window that is just being loaded may not have heard the key. */
  async ask(key: string): Promise<void> {
    await until(async () => {
      await this.#page.keyboard.press(key);
      return appears(this.input, 500);
    }, `${key} opens the list at the top`);
  }
}

/** Whether it could be clicked on. */
function clicked(row: Locator): Promise<boolean> {
  return row.click({ timeout: 3000 }).then(
    () => true,
    () => false,
  );
}
