import { Buffer } from 'node:buffer';
import type { HeavyOutput } from './heavyOutputs.js';

const each = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join('');
const shape = '<path d="M0 0L9 9L0 9Z"/>';
/** Each of these draws the one before ten times. */
const tenfold = (levels: number, part: (index: number) => string): string => each(levels, part);

function tenUses(levels: number): string {
  return `<g id="a0">${shape}</g>${tenfold(levels, (i) => `<g id="a${i + 1}">${`<use href="#a${i}"/>`.repeat(10)}</g>`)}`;
}

/** An element that draws the one before it through an attribute of a path with many vertices. */
function chain(element: string, attribute: string, levels: number, extra = ''): string {
  const path = (index: number): string => `<path d="M0 0${'L9 9L0 9'.repeat(20)}" ${attribute}="url(#b${index})"/>`;
  const parts = each(
    levels,
    (i) => `<${element} id="b${i + 1}" width="9" height="9" ${extra}>${path(i).repeat(3)}</${element}>`,
  );
  return `<defs><${element} id="b0" width="9" height="9">${shape}</${element}>${parts}</defs>${path(levels)}`;
}

const blur = (count: number): string => '<feGaussianBlur stdDeviation="50"/>'.repeat(count);
const rect = (attributes: string): string => `<rect width="900" height="900" ${attributes}/>`;

/** A line that crosses itself again and again. */
const star = (points: number, from: number): string =>
  each(points, (i) => `L${String((i * 7919 + from * 31) % 900)} ${String((i * 104_729 + from * 17) % 900)}`);

/** What a drawing refers to, several times within what it refers to. */
const references: Readonly<Record<string, string>> = {
  'use in use': tenUses(7),
  'use in a circle': '<g id="a"><use href="#b"/><use href="#b"/></g><g id="b"><use href="#a"/><use href="#a"/></g>',
  'use, xlink': tenUses(7).replaceAll('href', 'xlink:href'),
  'a chain of use': `<g id="a0">${shape}</g>${each(1900, (i) => `<g id="a${i + 1}"><use href="#a${i}"/></g>`)}`,
  'marker in marker': chain('marker', 'marker-mid', 6),
  'marker of a group': `<marker id="m">${shape.repeat(50)}</marker><g marker-mid="url(#m)"><path d="M0 0${'L9 9'.repeat(9000)}"/></g>`,
  'marker in a style': chain('marker', 'marker-mid', 6).replaceAll(/marker-mid="([^"]+)"/g, 'style="marker:$1"'),
  'marker by a rule': `<style>path{marker-mid:url(#m)}</style><marker id="m">${shape.repeat(99)}</marker><path d="M0 0${'L9 9'.repeat(9000)}"/>`,
  'pattern in pattern': chain('pattern', 'fill', 8, 'patternUnits="userSpaceOnUse"'),
  'pattern of a group': `<pattern id="p" width="1" height="1">${shape.repeat(99)}</pattern><g fill="url(#p)">${shape.repeat(3000)}</g>`,
  'mask in mask': chain('mask', 'mask', 8),
  'clipPath in clipPath': chain('clipPath', 'clip-path', 8),
  'filters in filters': `<filter id="f">${blur(30)}</filter>${each(20, () => `<g filter="url(#f)">`)}${rect('')}${'</g>'.repeat(20)}`,
  'chained blur': `<filter id="f">${blur(1500)}</filter>${rect('filter="url(#f)"')}`,
  'filters by a rule': `<style>rect{filter:url(#f)}</style><filter id="f">${blur(30)}</filter>${rect('').repeat(300)}`,
  'effects of effects': `<filter id="f"><feFlood result="e0"/>${each(24, (i) => `<feBlend in="e${i}" in2="e${i}" result="e${i + 1}"/>`)}</filter>${rect('filter="url(#f)"')}`,
  turbulence: `<filter id="f">${'<feTurbulence baseFrequency=".1" numOctaves="99"/>'.repeat(300)}</filter>${rect('filter="url(#f)"')}`,
  morphology: `<filter id="f">${'<feMorphology radius="999" operator="dilate"/>'.repeat(300)}</filter>${rect('filter="url(#f)"')}`,
  'filter functions': rect(`filter="${'blur(99px) '.repeat(300)}"`),
  'a style of filters': rect(`style="filter:${'blur(99px) '.repeat(300)}"`),
  'shapes to clip to': `<clipPath id="c">${each(30, (k) => `<path d="M0 0${star(800, k)}"/>`)}</clipPath>${rect('clip-path="url(#c)"')}`,
  'uses to clip to': `<path id="p" d="M0 0${star(6000, 1)}"/><clipPath id="c"><use href="#p"/><use href="#p"/></clipPath>${rect('clip-path="url(#c)"')}`,
  'use of vertices': `<path id="p" d="M0 0${'L9 9L0 9'.repeat(20_000)}" stroke="red" stroke-width="9"/>${'<use href="#p"/>'.repeat(2100)}`,
  'use of a bitmap': `<image id="i" width="9" height="9" href="data:image/gif;base64,R0lGODlhAQABAAAAACw="/>${'<use href="#i"/>'.repeat(9000)}`,
  textPath: `<path id="t" d="M0 0${'L9 9L0 9'.repeat(9000)}"/>${each(900, () => '<text><textPath href="#t">x</textPath></text>')}`,
  gradients: `<linearGradient id="g0"><stop/></linearGradient>${each(900, (i) => `<linearGradient id="g${i + 1}" href="#g${i}"/>`)}${rect('fill="url(#g900)"')}`,
  animations: each(
    1800,
    () => `<rect width="9" height="9"><animate attributeName="x" to="9" dur=".1s" repeatCount="indefinite"/></rect>`,
  ),
  'motion along a path': each(
    1800,
    () => `<g><animateMotion path="M0 0L9 9" dur=".1s" repeatCount="indefinite"/>${shape}</g>`,
  ),
  dashes: `<path stroke="red" stroke-dasharray=".0001" d="M0 0${'L99999 0L0 99999'.repeat(900)}"/>`,
  vertices: `<path d="M0 0${'L9 9L0 9'.repeat(45_000)}" stroke="red" stroke-linejoin="round"/>`,
  letters: `<text x="${'1 '.repeat(90_000)}">${'x'.repeat(90_000)}</text>`,
  'letters along a path': `<path id="t" d="M0 0${'L9 9L0 9'.repeat(9000)}"/><text><textPath href="#t">${'x'.repeat(90_000)}</textPath></text>`,
  'text spans': `<text>${'<tspan dx="1">x</tspan>'.repeat(3900)}</text>`,
  depth: `${'<g>'.repeat(30_000)}${'</g>'.repeat(30_000)}`,
  groups: `${'<g opacity=".9">'.repeat(190)}${rect('')}${'</g>'.repeat(190)}`,
  blending: rect('style="mix-blend-mode:multiply"').repeat(3900),
  attributes: `<g ${each(30_000, (i) => ` a${i}="1"`)}/>`,
  styles: '<g style="fill:red;stroke:blue">x</g>'.repeat(3900),
  rules: `<style>${each(3000, (i) => `g g:nth-child(${i}n) *{fill:red}`)}</style>${`<g>${shape}</g>`.repeat(1900)}`,
  'rules in rules': `<style>${'g{'.repeat(60_000)}</style>${shape}`,
  'rules that ask for contents': `<style>${each(3000, (i) => `g:has(path:nth-child(${i})){fill:red}`)}</style>${`<g>${shape}</g>`.repeat(1900)}`,
  'rules that move': `<style>@keyframes k{to{transform:rotate(9deg)}}path{animation:k .1s infinite}</style>${shape.repeat(3900)}`,
  'rules with variables': `<style>*{--a:xx;${each(25, (i) => `--b${i}:${`var(--b${i - 1})`.repeat(8)};`)}}</style>${shape.repeat(900)}`,
};

/** What only a drawing of its own can contain: in markup, it is left out. */
const alone: Readonly<Record<string, string>> = {
  'a page': `<foreignObject width="9" height="9"><div xmlns="http://www.w3.org/1999/xhtml">${'<div style="display:grid;max-width:100%">'.repeat(30)}${'</div>'.repeat(30)}</div></foreignObject>`,
  'an image of a drawing': `<image width="9" height="9" href="${uri(svg(tenUses(7)))}"/>`,
  'a filter of a drawing': `<filter id="f"><feImage href="${uri(svg(tenUses(7)))}"/></filter>${rect('filter="url(#f)"')}`,
  'a mask of a drawing': rect(`mask="url(${uri(svg(tenUses(7)))})"`),
  'many elements': '<g/>'.repeat(95_000),
  'an element of another name': `<s:use xmlns:s="http://www.w3.org/2000/svg" href="#a7"/>${tenUses(7)}`,
};

const worstOnes = new Set(['effects of effects', 'shapes to clip to', 'uses to clip to', 'use of vertices']);

const entities = `<!DOCTYPE svg [<!ENTITY e0 "<path/>">${each(9, (i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`)}]>`;

function svg(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 900 900">${content}</svg>`;
}

function uri(source: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(source).toString('base64')}`;
}

/** A bitmap of which there is no more than its header. */
function bitmaps(): HeavyOutput[] {
  const png = Buffer.from('89504e470d0a1a0a0000000d494844520000ea600000ea600802000000', 'hex').toString('base64');
  const gif = Buffer.from('474946383961ffffffff800000000000ffffff21f90401000000002c00000000ffffffff00', 'hex').toString(
    'base64',
  );
  const html = (name: string, source: string, times = 1): HeavyOutput => ({
    name: `bitmap: ${name}`,
    bundle: { 'text/html': `x${`<img src="${source}">`.repeat(times)}` },
  });
  return [
    { name: 'PNG of 60,000 pixels a side', bundle: { 'image/png': png } },
    { name: 'GIF of 65,535 pixels a side', bundle: { 'image/gif': gif } },
    html('PNG', `data:image/png;base64,${png}`),
    html('GIF', `data:image/gif;base64,${gif}`, 900),
    html('another kind than it says', `data:image/jpeg;base64,${png}`, 900),
  ];
}

/** Drawings that multiply when they are drawn: as images, in HTML, and as images in HTML and Markdown. */
export function* heavyDrawings(): Generator<HeavyOutput> {
  for (const [name, content] of Object.entries({ ...references, ...alone })) {
    const drawing = svg(content);
    const worst = worstOnes.has(name) ? { worst: true as const } : {};
    yield { name: `image: ${name}`, bundle: { 'image/svg+xml': drawing } };
    yield { name: `in HTML: ${name}`, bundle: { 'text/html': drawing }, ...worst };
    yield { name: `image in HTML: ${name}`, bundle: { 'text/html': `x<img src="${uri(drawing)}">` } };
    yield { name: `image in Markdown: ${name}`, bundle: { 'text/markdown': `x ![](${uri(drawing)})` } };
  }
  yield { name: 'image: entities', bundle: { 'image/svg+xml': `${entities}${svg('&e9;')}` } };
  yield { name: 'images in HTML', bundle: { 'text/html': `x${`<img src="${uri(svg(shape))}">`.repeat(900)}` } };
  yield* bitmaps();
}
