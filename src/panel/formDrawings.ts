import { within } from '../engine/deadline.js';
import type { Change } from '../protocol/panel.js';
import type { DrawnType } from '../protocol/panelForms.js';

/** The time that the page has for one form; it may have to be loaded first. */
const LONGEST_MS = 15_000;

/** Has the page of the panel draw forms, since only a page can sanitize markup. */
export class FormDrawings {
  readonly #waiting = new Map<number, (markup: string | undefined) => void>();
  #requests = 0;

  /** The form as markup that runs nothing and loads nothing; undefined if it has nothing to show or takes too long. */
  async draw(send: (change: Change) => void, mime: DrawnType, data: string): Promise<string | undefined> {
    const request = ++this.#requests;
    const drawn = new Promise<string | undefined>((resolve) => this.#waiting.set(request, resolve));
    send({ type: 'draw', request, mime, data });
    try {
      return await within(LONGEST_MS, drawn);
    } finally {
      this.#waiting.delete(request);
    }
  }

  receive(request: number, markup: string | undefined): void {
    this.#waiting.get(request)?.(markup);
  }
}
