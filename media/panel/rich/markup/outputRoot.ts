import { allowedSheet, unparkStyles } from './allowedStyles.js';
import { outputStyle } from './outputStyle.js';

let ours: CSSStyleSheet | undefined;

/**
 * Puts sanitised markup into a tree of its own: its ids and classes mean nothing to the panel, and the panel's nothing
 * to it. Adopted style sheets are made by script, which the policy allows where it blocks inline ones.
 */
export function outputRoot(content: DocumentFragment, rules = ''): HTMLElement {
  if (!ours) {
    ours = new CSSStyleSheet();
    ours.replaceSync(outputStyle);
  }
  unparkStyles(content);
  const host = document.createElement('div');
  host.className = 'markup';
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = rules.trim() === '' ? [ours] : [ours, allowedSheet(rules)];
  root.append(content);
  return host;
}

/** Whether there is something to see. */
export function isVisible(content: DocumentFragment): boolean {
  return content.textContent.trim() !== '' || content.querySelector('img, svg, hr, math, table') !== null;
}
