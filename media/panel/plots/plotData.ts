import type { Plot } from '../../../src/protocol/plots.js';

/** Asks for the data of plots, one at a time, so that the page holds few of them at once. */
export class PlotData {
  readonly #ask: (id: string) => void;
  readonly #waiting: { readonly id: string; readonly receive: (data: string | undefined) => Promise<void> }[] = [];
  #asked = false;

  constructor(ask: (id: string) => void) {
    this.#ask = ask;
  }

  /** Has a plot drawn soon, before all others if it is urgent. */
  load({ id }: Plot, receive: (data: string | undefined) => Promise<void>, isUrgent = false): void {
    if (!isUrgent) this.#waiting.push({ id, receive });
    else this.#waiting.splice(this.#asked ? 1 : 0, 0, { id, receive });
    this.#next();
  }

  async receive(id: string, data: string | undefined): Promise<void> {
    const [first] = this.#waiting;
    if (first?.id !== id) return;
    try {
      await first.receive(data);
    } catch (error) {
      reportError(error); // the others can still be drawn
    }
    this.#waiting.shift();
    this.#asked = false;
    this.#next();
  }

  #next(): void {
    const [first] = this.#waiting;
    if (!first || this.#asked) return;
    this.#asked = true;
    this.#ask(first.id);
  }
}
