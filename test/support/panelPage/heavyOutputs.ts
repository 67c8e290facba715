import type { MimeBundle } from '../../../src/protocol/output.js';

/*
 * Output that would hold a page up, or push what follows out of reach, in as few bytes as that takes. Each kind is
 * generated: its payloads differ in what they are made of, not in what they do.
 */

export interface HeavyOutput {
  readonly name: string;
  readonly bundle: MimeBundle;
  /** It took seconds or minutes: always tried. */
  readonly worst?: true;
}

/** How deep is deep: each of these levels multiplied the time of the one before where percentages were allowed. */
const LEVELS = 30;

const html = (name: string, markup: string): HeavyOutput => ({ name, bundle: { 'text/html': markup } });

function nest(open: string, close: string, levels = LEVELS): string {
  return `${open.repeat(levels)}x${close.repeat(levels)}`;
}

function each<Item>(count: number, item: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => item(index));
}

/** Layouts that ask what is in them for its size, within one another. */
function* layoutModes(): Generator<HeavyOutput> {
  const modes = ['grid', 'inline-grid', 'flex', 'inline-flex', '-webkit-box', 'table', 'inline-table', 'inline-block'];
  const sizes = ['', 'max-width:100%', 'padding:1%', 'min-width:50%;height:50%', 'margin-left:calc(1% + 1px)'];
  for (const mode of modes)
    for (const size of sizes)
      yield html(`${mode} ${size}`, nest(`<div style="display:${mode};${size};overflow:auto">`, '</div>'));
  for (const mode of modes) {
    yield html(`${mode} by a rule`, `<style>*{display:${mode};padding:1%}</style>${nest('<div>', '</div>')}`);
    yield html(`${mode} and grid`, nest(`<b style="display:${mode}"><i style="display:grid">`, '</i></b>'));
  }
  yield html('columns', nest('<div style="columns:9 1px;column-count:100">', '</div>'));
  yield html('caption', nest('<table><caption style="padding-top:1%">', '</caption></table>'));
  yield html('subgrid', nest('<div style="display:grid;grid-template:subgrid/subgrid">', '</div>'));
  yield html('attr', nest('<div title=5% style="display:grid;padding:attr(title type(*))">', '</div>'));
  yield html('tracks', '<div style="display:grid;grid-template:repeat(999999,1px)/repeat(999999,1px)">x</div>');
  yield html('fill', '<div style="display:grid;width:1e9px;grid-template-columns:repeat(auto-fill,.01px)">x</div>');
}

/** Rules that are compared with each element, and each with many others. */
function* styleSheets(): Generator<HeavyOutput> {
  const elements = '<i><b>x</b></i>'.repeat(1500);
  const deep = `${'<div>'.repeat(90)}${elements}`;
  const sheet = (name: string, rules: string, content = elements): HeavyOutput =>
    html(`sheet: ${name}`, `<style>${rules}</style>${content}`);
  const rules = (rule: (index: number) => string, count = 4000): string =>
    each(count, (index) => `${rule(index)}{color:red}`).join('');
  yield sheet(
    'rules times nodes',
    rules((index) => `div i:nth-child(${String(index)}) b`),
    deep,
  );
  yield sheet(
    'descendants',
    rules(() => '* * * * *'),
    deep,
  );
  yield sheet(
    'of a type',
    rules((index) => `:nth-last-of-type(${String(index)}n + 1)`),
  );
  yield sheet(
    ':has',
    rules((index) => `:has(b:nth-child(${String(index)}))`),
  );
  yield sheet(':has siblings', ':has(~ * ~ * ~ *){color:red}');
  yield sheet(
    'of',
    rules((index) => `:nth-child(${String(index)}n + 1 of :nth-child(2n of b))`),
  );
  yield sheet(
    'siblings',
    rules(() => ':not(u) ~ b'),
    '<b>x</b>'.repeat(3000),
  );
  yield sheet(
    'attributes',
    rules((index) => `[title*="${String(index)}"]`),
    '<b title=x>x</b>'.repeat(2000),
  );
  yield sheet('one list', `${'* b,'.repeat(90_000)}b{color:red}`);
  yield sheet('long', `${'* '.repeat(90_000)}{color:red}`, deep);
  yield sheet(':not in :not', `${':not('.repeat(2000)}b${')'.repeat(2000)}{color:red}`);
  yield sheet(':is', `${':is(a,b,i) '.repeat(2000)}{color:red}`, deep);
  yield sheet('rules in rules', 'b{'.repeat(90_000));
  yield sheet('rules in rules that end', `${'&,& &{'.repeat(400)}color:red${'}'.repeat(400)}`);
  yield sheet('rules in a string', `a{b:url(x"y)}${'c{'.repeat(90_000)}`);
  yield sheet('braces', '{'.repeat(390_000));
  yield sheet('brackets', `b{width:${'calc('.repeat(60_000)}`);
  yield sheet('imports', '@import'.repeat(55_000));
  yield sheet('comments', '/*'.repeat(190_000));
  yield sheet(
    'variables',
    `*{--a:xx;${each(25, (i) => `--b${String(i)}:${`var(--b${String(i - 1)})`.repeat(8)};`).join('')}}`,
  );
  yield sheet(
    'animations',
    '@keyframes a{to{width:99px}} b{animation:a .1s infinite;transition:all 9s;will-change:top}',
  );
  yield sheet('fonts', '@font-face{font-family:x;src:url(data:font/woff2;base64,AAAA)} b{font-family:x}');
  yield sheet('counters', 'b{counter-increment:a b c} b::before{content:counters(a,".") counter(b)}');
  yield sheet('filters', 'b{filter:blur(99px);backdrop-filter:blur(99px);box-shadow:0 0 999px;text-shadow:0 0 99px}');
  yield sheet('colours', `b{background-image:linear-gradient(${'red,blue,'.repeat(30_000)}red)}`);
  yield html('</style', `<style>${'</style'.repeat(57_000)}`);
  yield html('</style and a space', `<style>${'</style '.repeat(49_000)}`);
  yield html('<style', '<style'.repeat(66_000));
}

/** What would be taller than any page. */
export function* tallOutputs(): Generator<HeavyOutput> {
  const styles = [
    ...['height:1e9px', 'min-height:1e38px', 'padding-top:1e9px', 'margin-top:1e9px', 'margin-bottom:1e9px'],
    ...[
      'line-height:1e9px',
      'font-size:1e6px',
      'border-top:1e9px solid',
      'aspect-ratio:1/1e9;width:100%',
      'height:9e9vh',
    ],
    ...[
      'margin-top:-9999px',
      'transform:translateY(-9999px)',
      'position:relative;top:-9999px',
      'position:fixed;inset:0',
    ],
    ...['vertical-align:1e9px', 'display:grid;gap:1e9px', 'zoom:1e9', 'height:calc(1e9px * 1e9)', 'text-indent:1e9px'],
  ];
  for (const style of styles) yield html(style, `<div style="${style}">x<i style="${style}">y</i></div>`);
  yield html('viewBox', '<svg viewBox="0 0 1 1000000000"><rect width="1" height="9"/></svg>');
  yield html('svg height', '<svg width="1" height="1000000000"><rect width="1" height="9"/></svg>');
  yield html('image height', '<img height=1000000000 src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">');
  yield html('table height', '<table height=1000000000><tr><td height=1000000000>x</table>');
  yield html(
    'cell padding',
    '<table cellpadding=1000000000 cellspacing=1000000000 border=1000000000><tr><td>x</table>',
  );
  yield html('math', '<math><mspace height="1e9px" depth="1e9px"/><mi mathsize="1e9px">x</mi></math>');
  yield html('lines', `<pre>${'x\n'.repeat(9000)}`);
  const svg = (attributes: string): MimeBundle => ({
    'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><rect width="1" height="9"/></svg>`,
  });
  for (const attributes of [
    'viewBox="0 0 1 1000000000"',
    'width="1" height="1000000000"',
    'width="1in" height="1000000in"',
  ])
    yield { name: `image of ${attributes}`, bundle: svg(attributes) };
  yield { name: 'Markdown', bundle: { 'text/markdown': 'x\n\n'.repeat(2000) } };
  yield {
    name: 'JSON',
    bundle: { 'application/json': each(1000, (index) => ({ [String(index)]: 'x'.repeat(1500) })) },
  };
}

export function* heavyOutputs(): Generator<HeavyOutput> {
  yield* layoutModes();
  yield* styleSheets();
  yield* tallOutputs();
}
