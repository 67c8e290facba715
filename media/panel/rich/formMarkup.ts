import type { DrawnType } from '../../../src/protocol/panelForms.js';
import { drawForm } from './drawForm.js';
import { outputStyle } from './markup/outputStyle.js';
import { withoutSorting } from './tables/makeSortable.js';

/** From the source: what the browser tells of rules lacks shorthands with variables. */
const ours = outputStyle.replace(/\/\*[^]*?\*\//g, '').replace(/\s+/g, ' ');

/**
 * A form as markup for a page without scripts: what the panel shows, in a tree of its own with its style sheets.
 * Undefined if there is nothing to show.
 */
export async function formMarkup(mime: DrawnType, data: string): Promise<string | undefined> {
  let node: HTMLElement;
  try {
    ({ node } = await drawForm({ form: { mime, size: data.length }, data, label: '' }));
  } catch {
    return undefined; // it has no visible content without scripts, or is invalid: another form is exported
  }
  const root = node.shadowRoot;
  if (!root) return node.outerHTML;
  const theirs = root.adoptedStyleSheets
    .slice(1)
    .flatMap(({ cssRules }) => Array.from(cssRules, (rule) => rule.cssText));
  const css = [ours, ...theirs].join('\n').replaceAll('</', String.raw`<\/`);
  const content = withoutSorting(root.childNodes).innerHTML;
  return `<div class="${node.className}"><template shadowrootmode="open"><style>${css}</style>${content}</template></div>`;
}
