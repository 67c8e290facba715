import type { DrawnForm } from './drawnForm.js';
import { formulaMarkup } from './formula.js';
import { outputRoot } from './markup/outputRoot.js';
import { sanitize } from './markup/sanitize.js';

const inline = /^\$((?:[^$\\]|\\[^])+)\$$/;
const display = /^(?:\$\$([^]+)\$\$|\\\[([^]+)\\\])$/;

/**
 * A formula, with or without dollar signs around it.
 * @throws temml's ParseError if it is not a formula: text with formulas in it, or what needs packages.
 */
export async function latexForm(data: string): Promise<DrawnForm> {
  const source = data.trim();
  const [, once, twice] = display.exec(source) ?? [];
  const formula = once ?? twice ?? inline.exec(source)?.[1] ?? source;
  const { content } = await sanitize(formulaMarkup(formula, true));
  return { node: outputRoot(content), facts: '' };
}
