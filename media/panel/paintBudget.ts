import { nextPaint } from './nextPaint.js';

/** What is drawn in so many milliseconds takes the page twice as long again to lay out and to paint. */
const BUDGET_MS = 4;

/** How long the page may draw before keys and the next frame have their turn. */
export class PaintBudget {
  #end: number | undefined;

  get isSpent(): boolean {
    if (this.#end === undefined) this.#begin();
    return this.#end !== undefined && performance.now() > this.#end;
  }

  /** Settles when there is a new one. */
  async renewed(): Promise<void> {
    while (this.#end !== undefined) await nextPaint();
  }

  #begin(): void {
    this.#end = performance.now() + BUDGET_MS;
    void nextPaint().then(() => {
      this.#end = undefined;
    });
  }
}
