import type { HeavyOutput } from './heavyOutputs.js';

/*
 * Output that is laid out at once, and then painted for seconds or minutes: outside of tasks, but meanwhile the page
 * shows nothing new.
 */

const each = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join('');
const rect = (attributes: string): string => `<rect width="900" height="900" ${attributes}/>`;
const filter = (effects: string, region = ''): string =>
  `<filter id="f" ${region}>${effects}</filter>${rect('filter="url(#f)"')}`;
const star = (points: number): string =>
  `M0 0${each(points, (index) => `L${String((index * 7919) % 900)} ${String((index * 104_729) % 900)}`)}`;
const zigzag = (times: number): string => `M0 0${'L900 0L0 900'.repeat(times)}`;
/** As Matplotlib draws the dots of a hatch. */
const dots = (count: number): string =>
  each(count, (index) => {
    const at = `${String((index * 31) % 72)} ${String((index * 17) % 72)}`;
    return `M ${at} C ${at} ${at} ${at} C ${at} ${at} ${at} C ${at} ${at} ${at} C ${at} ${at} ${at} C ${at} ${at} ${at} z `;
  });
const shape = '<path d="M0 0L9 9L0 9Z" fill="red"/>';
const pattern = (size: number, content = shape): string =>
  `<pattern id="p" width="${String(size)}" height="${String(size)}" patternUnits="userSpaceOnUse">${content}</pattern>`;
const stops = '<stop stop-color="red"/><stop offset="1" stop-color="blue"/>';

function svg(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="650" height="650" viewBox="0 0 900 900">${content}</svg>`;
}

const drawings: Readonly<Record<string, string>> = {
  'a pattern on many shapes': pattern(3) + rect('fill="url(#p)"').repeat(1000),
  'a large pattern on many shapes':
    pattern(5000, '<rect width="5000" height="5000"/>') + rect('fill="url(#p)"').repeat(100),
  'a pattern of many long lines': `<pattern id="p" width="900" height="900" patternUnits="userSpaceOnUse"><path d="${star(1000)}" fill="none" stroke="red" stroke-width="30"/></pattern>${each(60, (index) => `<rect x="${String(index * 15)}" width="5" height="900" fill="url(#p)"/>`)}`,
  'a pattern of many points': `<pattern id="p" width="72" height="72" patternUnits="userSpaceOnUse"><path d="${star(20_000)}" transform="scale(.08)"/></pattern>${each(60, (index) => `<rect x="${String(index * 15)}" width="5" height="90" fill="url(#p)"/>`)}`,
  'a filter beyond the edges': filter(
    '<feGaussianBlur stdDeviation="50"/>'.repeat(50),
    'x="-100" y="-100" width="1000" height="1000"',
  ),
  'wide neighborhoods': filter('<feMorphology radius="200" operator="dilate"/>'.repeat(50)),
  displacement: filter(
    `<feTurbulence baseFrequency=".1" result="t"/>${'<feDisplacementMap in2="t" scale="50"/>'.repeat(30)}`,
  ),
  'shadows of shadows': filter('<feDropShadow dx="2" dy="2" stdDeviation="20"/>'.repeat(50)),
  masks: `<mask id="m">${rect('fill="white"')}</mask>${rect('mask="url(#m)"').repeat(3900)}`,
  'masks by a rule': `<style>rect{mask:url(#m)}</style><mask id="m">${rect('fill="white"')}</mask>${rect('').repeat(3900)}`,
  gradients: `<radialGradient id="g">${stops}</radialGradient>${rect('fill="url(#g)"').repeat(4000)}`,
  'uses of gradients': `<radialGradient id="g">${stops}</radialGradient><defs>${rect('id="r" fill="url(#g)"')}</defs>${'<use href="#r"/>'.repeat(4000)}`,
  dashes: '<path fill="none" stroke="red" stroke-dasharray=".2" d="M0 0L900 900"/>'.repeat(4000),
  'dashes around circles': '<circle r="400" cx="450" cy="450" fill="none" stroke="red" stroke-dasharray=".01"/>'.repeat(
    300,
  ),
  'dashes of uses': `<defs><path id="d" fill="none" stroke="red" stroke-dasharray=".2" d="M0 0L900 900"/></defs>${'<use href="#d"/>'.repeat(4000)}`,
  'a wide line that crosses itself': `<path d="${star(15_000)}" fill="none" stroke="red" stroke-width="30" stroke-linejoin="round"/>`,
};

const boxes = (style: string, count: number): string =>
  `<div style="display:grid">${`<div style="grid-column:1;grid-row:1;height:900px;${style}">x</div>`.repeat(count)}</div>`;

/** None of it is painted. */
export function* paintedTooLong(): Generator<HeavyOutput> {
  for (const [name, content] of Object.entries(drawings)) {
    yield { name: `image: ${name}`, bundle: { 'image/svg+xml': svg(content) } };
    // In markup, the rules of a drawing are not those of masks, and nothing is used again.
    if (!/<style|<use/.test(content)) yield { name: `in HTML: ${name}`, bundle: { 'text/html': svg(content) } };
  }
  yield {
    name: 'image: blending',
    bundle: { 'image/svg+xml': svg(rect('style="mix-blend-mode:luminosity" fill="red"').repeat(3900)) },
  };
  yield {
    name: 'gradients over one another',
    bundle: { 'text/html': boxes('background:radial-gradient(#f008,#00f8)', 2200) },
  };
  yield {
    name: 'dotted borders over one another',
    bundle: { 'text/html': boxes('border:99px dotted red;border-radius:50%', 2000) },
  };
}

/** As much as is painted. */
export function* paintedLong(): Generator<HeavyOutput> {
  const most: Readonly<Record<string, string>> = {
    dashes: `<path fill="none" stroke="red" stroke-dasharray="1" d="${zigzag(100)}"/>`,
    'translucent groups': `${'<g opacity=".9">'.repeat(180)}${rect('')}${'</g>'.repeat(180)}`,
    'a filter': filter('<feGaussianBlur stdDeviation="50"/>'.repeat(3)),
    'a line that crosses itself': `<path d="${star(9000)}"/>`,
    'patterns in patterns': `${pattern(3)}${each(8, (index) => `<pattern id="p${String(index)}" width="300" height="300" patternUnits="userSpaceOnUse">${rect(`fill="url(#p${index === 0 ? '' : String(index - 1)})"`)}</pattern>`)}${rect('fill="url(#p7)"')}`,
  };
  for (const [name, content] of Object.entries(most)) yield { name, bundle: { 'image/svg+xml': svg(content) } };
}

/** What drawings of programs contain of the same, as seldom or as small as it is there. */
export function* paintedOften(): Generator<HeavyOutput> {
  const places = (count: number, item: string): string =>
    each(
      count,
      (index) =>
        `<g transform="translate(${String((index % 20) * 45)} ${String(Math.floor(index / 20) * 45)})">${item}</g>`,
    );
  const common: Readonly<Record<string, string>> = {
    'hatched bars': pattern(72, shape.repeat(20)) + places(400, '<rect width="40" height="40" fill="url(#p)"/>'),
    'bars with dense hatches': `${each(4, (index) => `<pattern id="p${String(index)}" width="72" height="72" patternUnits="userSpaceOnUse"><rect width="73" height="73" fill="orange"/><path d="${dots(100 * index)}" style="fill: #000000; stroke: #000000; stroke-width: 1.0"/></pattern>`)}${each(120, (index) => `<rect x="${String(index * 7)}" width="5" height="${String(100 + ((index * 31) % 700))}" style="fill: url(#p${String(index % 4)})"/>`)}`,
    shadows: `<filter id="f"><feDropShadow dx="2" dy="2" stdDeviation="3"/></filter>${places(60, '<rect width="40" height="30" filter="url(#f)"/>')}`,
    'translucent marks': places(380, '<g opacity=".5"><circle r="9"/><path d="M0 0L9 9"/></g>'),
    'dashed lines': `<path fill="none" stroke="red" stroke-width="1.5" stroke-dasharray="5.55,2.4" d="${zigzag(50)}"/>`,
    'letters defined once': `<defs><path id="x" d="M 2034 4250 Q 1547 4250 1301 3770 Q 1056 3291 1056 2328 z" transform="scale(0.015625)"/></defs>${each(2000, (index) => `<g transform="translate(${String((index * 31) % 900)} 90) scale(.1 -.1)"><use href="#x"/></g>`)}`,
  };
  for (const [name, content] of Object.entries(common)) {
    yield { name: `image: ${name}`, bundle: { 'image/svg+xml': svg(content) } };
    yield { name: `in HTML: ${name}`, bundle: { 'text/html': svg(content) } };
  }
}
