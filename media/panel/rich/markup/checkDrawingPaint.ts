import { checkPaint, type PaintAllowance } from './checkPaint.js';
import { HELD_ATTRIBUTE } from './heldStyles.js';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Checks a drawing that becomes an image: its shapes are laid out where nobody sees them, without what they would load,
 * run or move.
 * @throws EmptyFormError if it would take too long to paint.
 */
export async function checkDrawingPaint(drawing: Element, rules: string, allowance: PaintAllowance): Promise<void> {
  const host = document.createElement('div');
  host.style.cssText = 'position: fixed; visibility: hidden; contain: strict; width: 1000px; height: 1000px';
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [new CSSStyleSheet(), sheet];
  const shapes = shapesOf(drawing);
  root.append(shapes);
  document.body.append(host);
  try {
    await checkPaint(host, allowance, shapes.getBoundingClientRect());
  } finally {
    host.remove();
  }
}

function shapesOf(element: Element): SVGElement {
  const shape = document.createElementNS(SVG, element.localName);
  for (const { name, localName, value } of element.attributes) {
    if (name === HELD_ATTRIBUTE) shape.style.cssText = value;
    else if (localName === 'href' ? value.startsWith('#') : !/^on|^style$|:/i.test(name))
      shape.setAttribute(localName, value);
  }
  for (const child of element.childNodes) {
    if (child instanceof Text) shape.append(child.data);
    else if (child instanceof Element && !/^(?:animate\w*|set)$/.test(child.localName)) shape.append(shapesOf(child));
  }
  return shape;
}
