import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { appears, until } from './until.js';

/** The text editor as a person reads it. */
export class Editor {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The signs in the margin beside code that was submitted. */
  get gutterMarks(): Locator {
    return this.#page.locator('.editor-instance .glyph-margin-widgets [class*="ced-"]');
  }

  /** The first line of the text that has the focus. */
  get focused(): Locator {
    return this.#page.locator('.editor-instance .monaco-editor.focused .view-line').first();
  }

  /** The button in the title that runs code. VS Code knows what an extension contributes once it is there. */
  get runButton(): Locator {
    return this.#page.locator('.title-actions .codicon-play, .editor-actions .codicon-play').first();
  }

  get squiggles(): Locator {
    return this.#page.locator('.editor-instance .squiggly-error');
  }

  /** Waits until lines light up, which they do for a moment: looks at each frame. */
  async flashes(): Promise<void> {
    const light = '.editor-instance .view-overlays [class*="ced-"]';
    await this.#page.waitForFunction((selector) => document.querySelector(selector), light, { polling: 'raf' });
  }

  /** The lines of the text in sight. */
  async lines(): Promise<string[]> {
    const drawn = await this.#page.locator('.editor-instance .view-line').evaluateAll((nodes) =>
      nodes
        .map((node) => ({ top: node.getBoundingClientRect().top, text: node.textContent }))
        .toSorted((one, other) => one.top - other.top)
        .map(({ text }) => text),
    );
    return drawn.map((text) => text.replaceAll('\u00a0', ' '));
  }

  /** The color of what a line holds first of some text, once the line is in sight. */
  async colorOf(line: string, part: string): Promise<string> {
    const plain = (text: string) => text.replaceAll('\u00a0', ' ');
    const find = async () => {
      const pieces = await this.#page.locator('.editor-instance .view-line').evaluateAll((nodes) =>
        nodes.map((node) =>
          [...node.querySelectorAll('span > span')].map((span) => ({
            text: span.textContent,
            color: getComputedStyle(span).color,
          })),
        ),
      );
      const own = pieces.find((each) => plain(each.map(({ text }) => text).join('')) === line);
      let rest = line.indexOf(part);
      return own?.find(({ text }) => (rest -= text.length) < 0)?.color;
    };
    await expect.poll(find, { message: `the color of ${part} in ${line}` }).toBeDefined();
    return (await find()) ?? '';
  }

  /** Whether the text is wider than the editor, to the editor. */
  async scrollsSideways(): Promise<boolean> {
    const bar = this.#page.locator('.editor-instance .editor-scrollable > .scrollbar.horizontal > .slider');
    return bar.first().evaluate((slider) => slider.clientWidth < (slider.parentElement?.clientWidth ?? 0));
  }

  get hover(): Locator {
    return this.#page.locator('.monaco-hover-content').filter({ visible: true });
  }

  get suggestions(): Locator {
    return this.#page.locator('.suggest-widget.visible .monaco-list-row');
  }

  /**
   * Waits for a suggestion. VS Code asks as a word is typed, but not again if the answer comes too late; a person does.
   */
  async suggests(name: string): Promise<void> {
    const suggestion = this.suggestions.getByText(name).first();
    await until(async () => {
      if (await appears(suggestion, 5000)) return true;
      await this.#page.keyboard.press('Control+Space');
      return false;
    }, `${name} is suggested`);
  }

  /** What stands at the ends of lines in sight, in their order. VS Code draws it as content of pseudo elements. */
  async results(): Promise<string[]> {
    const contents = await this.#decorated.evaluateAll((nodes) =>
      nodes.map((node) => getComputedStyle(node, '::after').content),
    );
    return contents.filter((content) => content !== 'none').map((content) => content.replace(/^"|"$/g, ''));
  }

  /** Waits until texts that begin so stand at the ends of lines, and no others. */
  async shows(...beginnings: readonly string[]): Promise<void> {
    const found = async () =>
      (await this.results()).map((text, index) => {
        const beginning = beginnings[index];
        return beginning !== undefined && text.startsWith(beginning) ? beginning : text;
      });
    await expect.poll(found).toEqual(beginnings);
  }

  /** Rests the pointer on the result that stands first in sight, until something is said of it. */
  async hoverResult(): Promise<void> {
    await until(async () => {
      await this.#pointAtResult();
      return appears(this.hover.first(), 3000);
    }, 'a result says more');
  }

  /** The result may move meanwhile: the panel opens beside it. */
  async #pointAtResult(): Promise<void> {
    for (const node of await this.#decorated.all()) {
      const content = await node.evaluate((element) => getComputedStyle(element, '::after').content);
      const box = content === 'none' ? null : await node.boundingBox();
      if (!box) continue;
      await this.#page.mouse.move(box.x, box.y - 2 * box.height);
      await this.#page.mouse.move(box.x + 40, box.y + box.height / 2, { steps: 4 });
      return;
    }
  }

  /** Shows what there is to say about the word at the cursor. */
  async hoverAtCursor(): Promise<void> {
    await this.#page.keyboard.press('Control+K');
    await this.#page.keyboard.press('Control+I');
  }

  get #decorated(): Locator {
    return this.#page.locator('.editor-instance .view-line [class*="ced-"]');
  }
}
