import { PaintBudget } from '../paintBudget.js';

const budget = new PaintBudget();
let last: Promise<unknown> = Promise.resolve();

/** Draws one form after the other, as many in a frame as the page can lay out before the next. */
export function inTurn(draw: () => Promise<void>): Promise<void> {
  const drawn = last.then(async () => {
    if (budget.isSpent) await budget.renewed();
    await draw();
  });
  last = drawn.catch(() => undefined);
  return drawn;
}
