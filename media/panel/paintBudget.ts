import { nextPaint } from './nextPaint.js';

/** What is drawn in this time takes the page twice as long again to lay out and to paint. */
const BUDGET_MS = 4;

/** Limits how long the page draws before it handles keys and paints the next frame. */
export class PaintBudget {
  #end: number | undefined;

  get isSpent(): boolean {
    if (this.#end === undefined) this.#begin();
    return this.#end !== undefined && performance.now() > this.#end;
  }

  /** Resolves when there is a new budget. */
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
