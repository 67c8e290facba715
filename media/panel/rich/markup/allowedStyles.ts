import { HELD_ATTRIBUTE } from './heldStyles.js';

/** The style properties that output can set: nothing that loads, moves, covers or imitates other content. */
const properties = [
  ...['font-weight', 'font-style', 'font-size', 'text-align', 'text-decoration', 'text-transform', 'text-indent'],
  ...['vertical-align', 'white-space', 'line-height', 'list-style-type', 'opacity', 'overflow', 'overflow-wrap'],
  ...['display', 'width', 'min-width', 'max-width', 'height', 'min-height', 'max-height', 'gap'],
  ...['flex-direction', 'flex-wrap', 'flex-grow', 'flex-shrink', 'flex-basis', 'align-items', 'justify-content'],
  ...['grid-template-columns', 'grid-template-rows', 'grid-column', 'grid-row', 'border-collapse', 'border-spacing'],
  ...['padding-top', 'padding-right', 'padding-bottom', 'padding-left'],
  ...['margin-top', 'margin-right', 'margin-bottom', 'margin-left'],
  ...['top', 'right', 'bottom', 'left'].flatMap((side) =>
    ['width', 'style', 'color'].map((what) => `border-${side}-${what}`),
  ),
  ...['top-left', 'top-right', 'bottom-left', 'bottom-right'].map((corner) => `border-${corner}-radius`),
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'text-anchor'],
];
const MOST_RULES = 4000;

/** Restores the allowed declarations of the elements' held styles. */
export function unparkStyles(content: DocumentFragment): void {
  const scratch = document.createElement('span');
  for (const node of content.querySelectorAll(`[${HELD_ATTRIBUTE}]`)) {
    scratch.style.cssText = node.getAttribute(HELD_ATTRIBUTE) ?? '';
    node.removeAttribute(HELD_ATTRIBUTE);
    if ('style' in node && node.style instanceof CSSStyleDeclaration) allow(scratch.style, node.style);
  }
}

/** A sheet with the allowed parts of the rules, for the shadow root that contains the output. */
export function allowedSheet(rules: string): CSSStyleSheet {
  const source = new CSSStyleSheet();
  // Constructed sheets do not support imports, and report them in the console.
  source.replaceSync(rules.replace(/@import[^;]*;?/gi, ''));
  const sheet = new CSSStyleSheet();
  for (const rule of [...source.cssRules].slice(0, MOST_RULES)) {
    if (!(rule instanceof CSSStyleRule) || /:host|::slotted|::part/i.test(rule.selectorText)) continue;
    const at = sheet.cssRules.length;
    sheet.insertRule(`${rule.selectorText} {}`, at);
    const added = sheet.cssRules[at];
    if (added instanceof CSSStyleRule) allow(rule.style, added.style);
  }
  return sheet;
}

function allow(from: CSSStyleDeclaration, to: CSSStyleDeclaration): void {
  for (const property of properties) {
    const value = from.getPropertyValue(property);
    if (value !== '' && !loads(value)) to.setProperty(property, value);
  }
  const color = from.getPropertyValue('color');
  const background = from.getPropertyValue('background-color');
  const image = from.getPropertyValue('background-image');
  if (/^(?:repeating-)?(?:linear|radial)-gradient\(/.test(image) && !loads(image)) {
    to.setProperty('background-image', image);
  }
  const [hasColor, hasBackground] = [color, background].map((value) => value !== '' && !loads(value));
  // A color without a background was chosen for a white page: mixed with the theme's color, it is readable on every
  // background.
  if (hasColor) to.setProperty('color', hasBackground ? color : mixed(color, 62, '--fg'));
  if (hasBackground) to.setProperty('background-color', hasColor ? background : mixed(background, 22, '--bg'));
  if (hasBackground && !hasColor) to.setProperty('color', 'var(--fg)');
}

function mixed(color: string, share: number, token: string): string {
  return /^(?:inherit|initial|unset|revert|transparent|currentcolor)/i.test(color)
    ? color
    : `color-mix(in srgb, ${color} ${String(share)}%, var(${token}))`;
}

function loads(value: string): boolean {
  return /url\(|image-set|src\(|element\(|paint\(/i.test(value);
}
