import { plainPatterns } from './plainPatterns.js';
import { repeatedEffects } from './repeatedEffects.js';

/** What takes more time than its single element: of a filter each effect, and what moves. */
const FILTER_EFFECT = 20;
const ANIMATION = 20;
/** Each letter of a drawing can have a place of its own. */
const LETTER = 0.5;
const VERTEX = 0.05;
const BITMAP = 5;
/** Of the vertices of all shapes that a drawing is clipped to, squared: the browser unites the shapes. */
const UNION = 0.002;

const animation = /^(?:animate\w*|set)$/;
/** These pass from an element to all that it contains. */
const inherited = /^(?:fill|stroke|marker(?:-\w+)?)$/;
/** In a style, a property is before it. All lengths are limited, so that the time is linear. */
const reference = /(?:([\w-]{1,30})\s{0,9}:[^;:]{0,200})?url\(\s{0,9}['"]?#([^'")]{1,200})/gi;

/**
 * The number of elements of a drawing when each reference is replaced by what it refers to, as a browser does. `rules`
 * are those of its style sheets.
 */
export function expandedSize(drawing: ParentNode, rules = ''): number {
  const elements = [...drawing.querySelectorAll('*')];
  const byId = new Map(elements.toReversed().map((element) => [element.id, element]));
  const vertices = new Map(elements.map((element) => [element, verticesOf(element)]));
  const uses = elements.filter(({ localName }) => localName === 'use').length;
  const allVertices = elements.reduce((sum, element) => sum + (vertices.get(element) ?? 0), 0);
  const sizes = new Map<Element, number>();
  /** How often an attribute of `from` draws what it refers to; undefined stands for a rule. */
  const timesOf = (target: Element, from?: Element): number => {
    if (target.localName.endsWith('Gradient')) return 1;
    const each = target.localName === 'filter' ? FILTER_EFFECT * repeatedEffects(target) : 1;
    if (from?.localName === 'textPath') return vertices.get(target) ?? 1;
    if (from) return each * (target.localName === 'marker' ? (vertices.get(from) ?? 1) : 1);
    return each * (target.localName === 'marker' ? allVertices : elements.length) * (1 + uses);
  };
  const verticesIn = (element: Element): number =>
    Array.from(element.querySelectorAll('*'), (shape) => vertices.get(shape) ?? 0).reduce((sum, each) => sum + each, 0);
  const onlyPainted = new Map(
    [...plainPatterns(drawing, rules)].map((pattern) => [pattern, VERTEX * verticesIn(pattern)]),
  );
  const sizeOf = (element: Element): number => {
    const known = sizes.get(element);
    if (known !== undefined) return known;
    sizes.set(element, 0); // a circle is not drawn
    let size = ownSize(element) + VERTEX * (vertices.get(element) ?? 0);
    for (const [name, id] of references(element)) {
      const target = byId.get(id);
      if (!target) continue;
      const passesOn = inherited.test(name) && element.childElementCount > 0;
      const isPainted = !passesOn && element.localName !== 'use';
      const painted = isPainted ? Math.min(sizeOf(target), onlyPainted.get(target) ?? 0) : 0;
      size += (sizeOf(target) - painted) * timesOf(target, passesOn ? undefined : element);
    }
    for (const child of element.children) size += sizeOf(child);
    if (element.localName === 'clipPath' && element.childElementCount > 1) size += UNION * verticesIn(element) ** 2;
    sizes.set(element, size);
    return size;
  };

  let sum = 0;
  for (const child of drawing.children) sum += sizeOf(child);
  for (const [, , id = ''] of rules.matchAll(reference)) {
    const target = byId.get(id);
    if (target) sum += sizeOf(target) * timesOf(target);
  }
  return sum;
}

function ownSize({ localName, textContent }: Element): number {
  if (animation.test(localName)) return ANIMATION;
  if (localName === 'image') return BITMAP;
  return localName === 'text' ? 1 + LETTER * textContent.length : 1;
}

/** The attributes or properties of an element that refer to others, and their ids. */
function references({ localName, attributes }: Element): (readonly [name: string, id: string])[] {
  if (localName === 'a' || animation.test(localName)) return [];
  return [...attributes].flatMap(({ name, value }) =>
    value.startsWith('#')
      ? [[name, value.slice(1)] as const]
      : /url\(/i.test(value)
        ? [...value.matchAll(reference)].map(([, property, id = '']) => [property ?? name, id] as const)
        : [],
  );
}

/** At most so many; exactly only for lines. */
export function verticesOf(element: Element): number {
  const shape = element.getAttribute('d') ?? element.getAttribute('points') ?? '';
  return 2 + (shape.match(/[a-z]|[-+.\d]+/gi)?.length ?? 0);
}
