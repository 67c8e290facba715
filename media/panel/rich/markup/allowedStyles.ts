import { CustomProperties } from './customProperties.js';
import { flatRules, type FlatRule } from './flatRules.js';
import { HELD_ATTRIBUTE } from './heldStyles.js';
import { readableColor, readableColors } from './readableColors.js';
import { SelectorBudget } from './selectorBudget.js';

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
  ...['background-size', 'background-repeat', 'background-position'],
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'text-anchor'],
];
/** The browser makes a font for each. */
const MOST_FONT_SIZES = 50;
/** In pixels, or any other unit. */
const LARGEST_FONT = 300;
/** Of how many rules is it found out whether they are for text. */
const MOST_ASKED = 100;
/** In characters. Longer values are lists of thousands of colors or columns. */
const LONGEST_VALUE = 1000;
/** The CSS functions that values can call: none that reads an attribute or loads anything. */
const functions =
  /^(?:calc|min|max|clamp|rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark|(?:repeating-)?(?:linear|radial)-gradient|repeat|minmax|fit-content)$/i;

/**
 * Restores the allowed declarations of the elements' held styles. Returns a sheet with the allowed parts of the rules,
 * for the shadow root that contains the output.
 */
export function allowStyles(content: DocumentFragment, rules: string): CSSStyleSheet | undefined {
  const flat = rules.trim() === '' ? [] : flatRules(rules);
  const properties = new CustomProperties(flat, isDark());
  fontSizes.clear();
  unholdStyles(content, properties);
  return flat.length === 0 ? undefined : allowedSheet(flat, properties, content);
}

function isDark(): boolean {
  const { classList } = document.body;
  return !classList.contains('vscode-light') && !classList.contains('vscode-high-contrast-light');
}

function unholdStyles(content: DocumentFragment, properties: CustomProperties): void {
  const scratch = document.createElement('span');
  for (const node of content.querySelectorAll<HTMLElement>('font[color], [bgcolor]')) holdColors(node);
  for (const node of content.querySelectorAll(`[${HELD_ATTRIBUTE}]`)) {
    scratch.style.cssText = properties.substitute(node.getAttribute(HELD_ATTRIBUTE) ?? '');
    node.removeAttribute(HELD_ATTRIBUTE);
    if ('style' in node && node.style instanceof CSSStyleDeclaration)
      allow(scratch.style, node.style, () => holdsText(node));
  }
}

/** Colors in old attributes are chosen for a white page as well. */
function holdColors(node: HTMLElement): void {
  const { style } = document.createElement('span');
  style.color = node.getAttribute('color') ?? '';
  style.backgroundColor = node.getAttribute('bgcolor') ?? '';
  node.removeAttribute('color');
  node.removeAttribute('bgcolor');
  node.setAttribute(HELD_ATTRIBUTE, `${style.cssText};${node.getAttribute(HELD_ATTRIBUTE) ?? ''}`);
}

function allowedSheet(flat: readonly FlatRule[], properties: CustomProperties, content: ParentNode): CSSStyleSheet {
  const source = new CSSStyleSheet();
  source.replaceSync(flat.map((rule) => `${rule.selectors}{${properties.substitute(rule.declarations)}}`).join('\n'));
  const budget = new SelectorBudget(content);
  const sheet = new CSSStyleSheet();
  let asked = 0;
  for (const rule of source.cssRules) {
    if (!(rule instanceof CSSStyleRule)) continue;
    const selectors = budget.affordable(rule.selectorText);
    if (selectors === '') continue;
    const at = sheet.cssRules.length;
    sheet.insertRule(`${selectors} {}`, at);
    const added = sheet.cssRules[at];
    if (added instanceof CSSStyleRule)
      allow(rule.style, added.style, () => {
        const element = ++asked > MOST_ASKED ? null : content.querySelector(selectors);
        return element === null || holdsText(element);
      });
  }
  return sheet;
}

function holdsText(element: Element): boolean {
  return element.textContent.trim() !== '';
}

function allow(from: CSSStyleDeclaration, to: CSSStyleDeclaration, isBehindText: () => boolean): void {
  for (const property of allowedOf(from)) {
    const value = from.getPropertyValue(property);
    if (!isHarmless(value) || isSlow(property, value)) continue;
    const isBorder = property.startsWith('border-') && property.endsWith('-color');
    const allowed = isBorder ? readableColor(value) : withoutPercentages(property, value);
    to.setProperty(property, allowed, from.getPropertyPriority(property));
  }
  const [color = '', background = ''] = ['color', 'background-color']
    .map((property) => from.getPropertyValue(property))
    .map((value) => (isHarmless(value) ? value : ''));
  const image = from.getPropertyValue('background-image');
  if (/^(?:repeating-)?(?:linear|radial)-gradient\(/.test(image) && isHarmless(image)) {
    const isPale = color === '' && isBehindText();
    to.setProperty('background-image', isPale ? `${VEIL}, ${image}` : image);
  }
  const colors =
    color === '' && background !== '' && !isBehindText()
      ? ([['background-color', background]] as const)
      : readableColors(color, background);
  for (const [property, value] of colors) to.setProperty(property, value, from.getPropertyPriority(property));
}

/** Makes a gradient a tint, on which the text of the theme can be read. */
const VEIL = 'linear-gradient(color-mix(in srgb, var(--bg) 78%, transparent) 0 0)';

/** Those of the output whose styles are being read. */
const fontSizes = new Set<string>();

/** List items are numbered one by one, and letters that are larger than the output make each a line. */
function isSlow(property: string, value: string): boolean {
  if (property === 'display') return value.includes('list-item');
  if (property !== 'font-size') return false;
  if (value.includes('(')) return true; // it could be of any size
  fontSizes.add(value);
  return fontSizes.size > MOST_FONT_SIZES || Number.parseFloat(value) > LARGEST_FONT;
}

let shorthands: ReadonlyMap<string, string> | undefined;

/** The allowed properties among those of the declaration. */
function allowedOf(style: CSSStyleDeclaration): Set<string> {
  shorthands ??= new Map(properties.flatMap((property) => longhands(property).map((longhand) => [longhand, property])));
  const found = new Set<string>();
  for (const longhand of style) {
    const property = shorthands.get(longhand);
    if (property !== undefined) found.add(property);
  }
  return found;
}

function longhands(property: string): string[] {
  const { style } = document.createElement('span');
  style.setProperty(property, 'initial');
  return [...style];
}

/**
 * Replaces percentages of the parent by percentages of the output. A grid or flex box measures its children again when
 * their margins or limits depend on its own size, so nested ones take up to six times as long per level.
 */
function withoutPercentages(property: string, value: string): string {
  if (/^(?:padding|margin|min-width|max-width|gap)/.test(property)) return value.replaceAll('%', 'cqi');
  return /^m(?:in|ax)-height$/.test(property) && value.includes('%') ? '' : value;
}

function isHarmless(value: string): boolean {
  if (value === '' || value.length > LONGEST_VALUE) return false;
  return [...value.matchAll(/([\w-]*)\(/g)].every(([, name = '']) => name === '' || functions.test(name));
}
