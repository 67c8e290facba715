import { allowStyles } from './allowedStyles.js';
import { needsDictionary } from './needsDictionary.js';
import { outputStyle } from './outputStyle.js';

let ours: CSSStyleSheet | undefined;

/**
 * Puts sanitized markup into a separate tree, so that its ids and classes and those of the panel do not affect each
 * other. Adopted style sheets are created by script, which the policy allows, whereas it blocks inline ones.
 */
export function outputRoot(content: DocumentFragment, rules = ''): HTMLElement {
  if (!ours) {
    ours = new CSSStyleSheet();
    ours.replaceSync(outputStyle);
  }
  const theirs = allowStyles(content, rules);
  const host = document.createElement('div');
  host.className = 'markup';
  host.classList.toggle('breaks-anywhere', needsDictionary(content.textContent));
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = theirs ? [ours, theirs] : [ours];
  root.append(content);
  return host;
}

/** Whether there is something to see. */
export function isVisible(content: DocumentFragment): boolean {
  return content.textContent.trim() !== '' || content.querySelector('img, svg, hr, math, table') !== null;
}
