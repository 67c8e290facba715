import * as l10n from '@vscode/l10n';
import { TimeSlice } from '../../timeSlice.js';
import { EmptyFormError } from '../drawnForm.js';
import { PaintCost } from './paintCost.js';

/** What one output may take, which is lessened by what is checked. */
export interface PaintAllowance {
  layers: number;
}

/** A layer of a million pixels takes 0.2 ms. */
export function paintAllowance(): PaintAllowance {
  return { layers: 1000 };
}

const usual = { width: 1000, height: 1000 };
const referred = ':is(defs, symbol, pattern, mask, clipPath, marker, filter)';
const costlyStyle = /gradient|dotted|dashed/;
const costlyBox = ['gradient', 'dotted', 'dashed'].map((value) => `[style*="${value}"]:not(svg *)`).join();

/**
 * Checks what the page has laid out, but does not show yet: the browser paints outside of tasks, and meanwhile shows
 * nothing new. Only what is part of the page has a size.
 * @throws EmptyFormError if it would take too long.
 */
export async function checkPaint(host: HTMLElement, allowance = paintAllowance(), canvas = usual): Promise<void> {
  const root = host.shadowRoot;
  if (!root) return;
  const slice = new TimeSlice();
  const cost = new PaintCost(root, canvas);
  const used = Array.from(
    root.querySelectorAll('use'),
    (use) => cost.targetOf(use.href.baseVal)?.querySelectorAll('*') ?? [],
  );
  const parts = new Set([root.querySelectorAll(`${referred} *`), ...used].flatMap((list) => [...list]));
  // Bottom up, so that none is a long task.
  for (const part of [...parts].toReversed()) {
    cost.read(part);
    await slice.pause();
  }
  const css = root.adoptedStyleSheets.slice(1).flatMap(({ cssRules }) => Array.from(cssRules, (rule) => rule.cssText));
  const boxes = costlyStyle.test(css.join()) ? ':not(svg, svg *)' : costlyBox;
  for (const element of root.querySelectorAll(`svg, svg :not(${referred}, ${referred} *), ${boxes}`)) {
    cost.add(element);
    if (!(cost.layers <= allowance.layers))
      throw new EmptyFormError(l10n.t('This output would take too long to paint.'));
    await slice.pause();
  }
  allowance.layers -= cost.layers;
}
