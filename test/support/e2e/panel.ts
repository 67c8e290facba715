import type { Frame, FrameLocator, Locator } from 'playwright-core';
import { expect } from 'vitest';

export type CommandState = 'queued' | 'running' | 'done' | 'failed' | 'interrupted' | 'died' | 'cancelled';

/** The session panel as a person reads it. */
export class Panel {
  constructor(readonly document: FrameLocator) {}

  get header(): Locator {
    return this.document.locator('header.bar');
  }

  get commands(): Locator {
    return this.document.locator('article.cmd');
  }

  get dividers(): Locator {
    return this.document.locator('article.rule');
  }

  get notices(): Locator {
    return this.document.locator('article.notice');
  }

  /** What an empty panel says. */
  get empty(): Locator {
    return this.document.locator('.empty');
  }

  /** The input line, once its editor has been loaded. */
  get input(): Locator {
    return this.document.locator('.entry .cm-content');
  }

  /** The entries of the list above the input line. */
  get suggestions(): Locator {
    return this.document.getByRole('listbox').getByRole('option');
  }

  /** Commands that have ended, well or not. */
  get settled(): Locator {
    return this.document.locator('article:not(.is-queued, .is-running)');
  }

  /** Commands that run, or wait for others. */
  get unsettled(): Locator {
    return this.document.locator('article:is(.is-queued, .is-running)');
  }

  /** The list in the header, where there are several sessions. */
  get sessions(): Locator {
    return this.header.locator('select');
  }

  /** The frame that the panel's document stands in, for what works on documents. */
  async frame(): Promise<Frame> {
    const frame = await (await this.document.owner().elementHandle()).contentFrame();
    if (!frame) throw new Error('The panel is not open.');
    return frame;
  }

  /** A button of the header, by what it says. */
  button(name: string): Locator {
    return this.header.locator(`vscode-button[aria-label="${name}"]`);
  }

  /** The last command whose source has that text. Where another of that text ran before, it may be that one. */
  command(source: string): Command {
    const hasSource = this.document.locator('.source', { hasText: source });
    return new Command(this.commands.filter({ has: hasSource }).last());
  }
}

/** One command of the panel. */
export class Command {
  constructor(readonly node: Locator) {}

  get stdout(): Locator {
    return this.node.locator('.row.out.stdout');
  }

  get stderr(): Locator {
    return this.node.locator('.row.out.stderr');
  }

  get late(): Locator {
    return this.node.locator('.row.out.late');
  }

  get value(): Locator {
    return this.node.locator('.row.out.value .text');
  }

  get error(): Locator {
    return this.node.locator('.row.out.error');
  }

  /** Waits until it says to have run since then, which is a moment of `performance.now`. */
  async hasRunSince(begun: number): Promise<void> {
    const lost = async (): Promise<number> => (performance.now() - begun) / 1000 - (await this.#seconds());
    await expect.poll(lost, { message: 'seconds that it does not count' }).toBeLessThan(2);
  }

  /** How long it says to have run, in whole seconds. */
  async #seconds(): Promise<number> {
    const text = await this.node.locator('.took').innerText();
    const [, minutes = 0, seconds = 0] = /^(?:(\d+) m )?(\d+)(?:\.\d)? s$/u.exec(text) ?? [];
    return Number(minutes) * 60 + Number(seconds);
  }

  /** Waits until the command is in that state. */
  async becomes(state: CommandState): Promise<void> {
    await expect.poll(() => this.node.getAttribute('class')).toContain(`is-${state}`);
  }
}
