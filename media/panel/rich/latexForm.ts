import temml from 'temml';
import type { DrawnForm } from './drawnForm.js';
import { outputRoot } from './outputRoot.js';
import { sanitize } from './sanitize.js';

const limits = { maxExpand: 1000, maxSize: [20, 400], trust: false, throwOnError: true, strict: false } as const;
const inline = /^\$((?:[^$\\]|\\[^])+)\$$/;
const display = /^(?:\$\$([^]+)\$\$|\\\[([^]+)\\\])$/;

/**
 * A formula as MathML, which the browser draws and screen readers read; no fonts and no styles come with it.
 * @throws ParseError of temml's at what is no formula: text with formulas in it, or what needs packages.
 */
export function latexForm(data: string): DrawnForm {
  const source = data.trim();
  const [, once, twice] = display.exec(source) ?? [];
  const formula = once ?? twice ?? inline.exec(source)?.[1] ?? source;
  const markup = temml.renderToString(formula, { ...limits, maxSize: [...limits.maxSize], displayMode: true });
  return { node: outputRoot(sanitize(markup).content), facts: '' };
}
