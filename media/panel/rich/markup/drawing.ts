import * as l10n from '@vscode/l10n';
import { EmptyFormError } from '../drawnForm.js';
import { MOST_PIXELS } from '../../../../src/protocol/rasterSize.js';
import { pixelsOf } from './bitmap.js';
import { checkDrawingPaint } from './checkDrawingPaint.js';
import { paintAllowance } from './checkPaint.js';
import { expandedSize } from './expandedSize.js';
import { flatRules } from './flatRules.js';
import { HELD_ATTRIBUTE, holdStyles } from './heldStyles.js';
import { SelectorBudget } from './selectorBudget.js';

const MOST_ELEMENTS = 20_000;
const DEEPEST = 200;
const MOST_ATTRIBUTES = 200;
const SVG = 'http://www.w3.org/2000/svg';
const HELD_SHEET = 'held-sheet';

/** The functions that values can call; not those that are effects on pixels. */
const functions =
  /^(?:calc|min|max|clamp|rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|matrix|translate|translate[XY]|scale|scale[XY]|rotate|skew[XY])$/i;
/** What moves, loads or multiplies. */
const refused = /^(?:animation|transition|content|cursor|will-change|backdrop-filter|--)/i;
const inDrawing = /^url\(\s*['"]?#[\w.:-]+['"]?\s*\)/i;

/**
 * An SVG without what could take its image long to draw: pages within it, images that are not bitmaps, animated styles
 * and slow style rules. As an image, it runs no scripts and loads nothing anyway.
 * @throws EmptyFormError if it cannot be read, or draws too much.
 */
export async function checkedDrawing(source: string, allowance = paintAllowance()): Promise<string> {
  if (/<!ENTITY/i.test(source)) throw tooComplex();
  const { held, rules, tags, attributes } = holdStyles(source);
  if (tags > MOST_ELEMENTS || attributes > MOST_ATTRIBUTES) throw tooComplex();
  const { documentElement: root } = new DOMParser().parseFromString(withNamespace(held), 'image/svg+xml');
  if (root.localName !== 'svg' || root.querySelector('parsererror') !== null)
    throw new EmptyFormError(l10n.t('This {0} cannot be read.', 'SVG'));
  checkDepth(root, 1);
  const elements = [root, ...root.querySelectorAll('*')];
  if (elements.length > MOST_ELEMENTS) throw tooComplex();
  for (const element of elements) clean(element);
  const sheet = document.createElementNS(SVG, HELD_SHEET);
  sheet.textContent = allowedRules(rules, root);
  root.prepend(sheet);
  // A drawing that says `currentColor` means that of the text around it, and as an image it has none.
  if (!root.hasAttribute('color')) root.setAttribute('color', getComputedStyle(document.body).color);
  if (expandedSize(root, sheet.textContent) > MOST_ELEMENTS) throw tooComplex();
  await checkDrawingPaint(root, sheet.textContent, allowance);
  return new XMLSerializer()
    .serializeToString(root)
    .replaceAll(`${HELD_ATTRIBUTE}=`, 'style=')
    .replaceAll(HELD_SHEET, 'style');
}

/** A drawing as a URI. */
export function drawingUri(source: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
}

/** Many programs leave the namespace to the page around it. */
function withNamespace(source: string): string {
  return /<svg\b[^>]*\sxmlns\s*=/i.test(source.slice(0, 4096))
    ? source
    : source.replace(/<svg\b/i, `<svg xmlns="${SVG}"`);
}

function checkDepth(element: Element, depth: number): void {
  if (depth > DEEPEST) throw tooComplex();
  for (const child of element.children) checkDepth(child, depth + 1);
}

function clean(element: Element): void {
  const { localName, namespaceURI } = element;
  if (localName === 'foreignObject' && element.childElementCount > 0)
    throw new EmptyFormError(l10n.t('This SVG contains HTML, which is not drawn in an image.'));
  if (namespaceURI !== SVG || localName === 'script' || localName === 'style') {
    element.remove();
    return;
  }
  for (const attribute of [...element.attributes]) {
    const { name, localName: attributeName, value } = attribute;
    if (name === HELD_ATTRIBUTE) attribute.value = allowedDeclarations(value);
    else if (attributeName === 'href') {
      if (!value.startsWith('#') && !(localName === 'image' && pixelsOf(value) <= MOST_PIXELS))
        element.removeAttributeNode(attribute);
    } else if (!isAllowed(value) || (name === 'filter' && !inDrawing.test(value)))
      element.removeAttributeNode(attribute);
  }
}

function allowedRules(rules: string, root: Element): string {
  const budget = new SelectorBudget(root);
  const parsed = new CSSStyleSheet();
  let allowed = '';
  for (const { selectors, declarations } of flatRules(rules.replaceAll(/<!\[CDATA\[|\]\]>/g, ''))) {
    parsed.replaceSync(`${selectors}{}`);
    const [rule] = parsed.cssRules;
    const affordable = rule instanceof CSSStyleRule ? budget.affordable(rule.selectorText) : '';
    if (affordable !== '') allowed += `${affordable}{${allowedDeclarations(declarations)}}\n`;
  }
  return allowed;
}

function allowedDeclarations(text: string): string {
  return text
    .split(';')
    .filter((declaration) => {
      const [property = '', ...value] = declaration.split(':');
      return !refused.test(property.trim()) && isAllowed(value.join(':').trim());
    })
    .join(';');
}

/** An escape could hide the name of a function. */
function isAllowed(value: string): boolean {
  if (!value.includes('(')) return true;
  if (value.includes('\\') || value.includes('/*')) return false;
  return [...value.replaceAll(/url\(\s*['"]?#[\w.:-]+['"]?\s*\)/gi, '').matchAll(/([\w-]{0,30})\s{0,9}\(/g)].every(
    ([, name = '']) => name === '' || functions.test(name),
  );
}

function tooComplex(): EmptyFormError {
  return new EmptyFormError(l10n.t('This SVG is too complex to be drawn.'));
}
