import type { HeavyOutput } from './heavyOutputs.js';

/** The most that the panel takes of a form's source, in characters. */
const SOURCE = 399_000;
/** Somewhat fewer elements than are drawn: some more are implied. */
const ELEMENTS = 4_400;

const html = (name: string, markup: string): HeavyOutput => ({ name, bundle: { 'text/html': markup } });
const full = (piece: string, size = SOURCE): string => piece.repeat(Math.floor(size / piece.length));
/** As much as there may be of something that makes elements. */
const allowed = (piece: string): string => {
  const elements = (piece.match(/<[a-z!?]/gi)?.length ?? 1) + (piece.match(/<(?:li|details|img)/g)?.length ?? 0);
  return piece.repeat(Math.floor(Math.min(SOURCE / piece.length, ELEMENTS / elements)));
};
const each = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join('');

/** Tags that the browser reads differently from how they look: never closed, closed in the wrong order, moved. */
function* tags(): Generator<HeavyOutput> {
  const pieces = ['<b>', '<b/>', '<div/>', '<div>', '<p>', '<td>', '<li>', '<i></i>', '<br>', '<a href=http://x>'];
  const repeated = [...pieces, '<svg>', '<svg/>', '<math><mi>', '<table>', '<table><tr><td>', '<select>', '<option>'];
  for (const piece of repeated) {
    yield html(`only ${piece}`, `x${full(piece)}`);
    yield html(`some ${piece}`, `x${allowed(piece)}`);
  }
  for (const piece of ['<p>x', '<td>x', '<li>x', '<i>x</i>', '<div>x</div>', '<svg></svg>', '<math></math>', '<!---->'])
    yield html(`some ${piece}`, `x${allowed(piece)}`);
  yield html('some tables', allowed('<table><tr><td>x</table>'));
  yield html('some lists', allowed('<ol><li>x</ol>'));
  yield html('some details', allowed('<details open><summary>x</summary></details>'));
  yield html('some formulas', allowed('<math><msqrt><mi>x</mi></msqrt></math>'));
  yield html('some styles', allowed('<b style="color:red;width:1px;display:inline-flex">x</b>'));
  yield html('some images', allowed('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'));
  for (const piece of ['</p>', '</br>', '</div>', '<!---->', '<!-- - ', '<!x>', '<?x>', '</', '<', '&', '&amp;'])
    yield html(`only ${piece}`, `<b>x</b>${full(piece)}`);
  yield html('half a tag', `x<b ${full('a')}`);
  yield html('half a comment', `x<!--${full('a-')}`);
  for (const name of ['style', 'title', 'textarea', 'script', 'xmp', 'iframe', 'noembed', 'noscript', 'plaintext']) {
    yield html(`unclosed ${name}`, `x<${name}>${full('a<b>')}`);
    yield html(`half-closed ${name}`, `x<${name}>${full(`</${name}`)}`);
    yield html(`many ${name}`, `x${full(`<${name}></${name}>`)}`);
  }
}

/** Formatting that is not closed is opened again in each later paragraph, each time as a new element. */
function* misnested(): Generator<HeavyOutput> {
  for (const block of ['<p>', '<p>x', '<div>x</div>', '<table><b>', '<li>x'])
    yield html(`formatting and ${block}`, `${each(400, (index) => `<b id=a${String(index)}>`)}${full(block, 380_000)}`);
  yield html('closed around blocks', full('<b><div></b>'));
  yield html('closed around more', full('<a><b><i><p></a></b></i>'));
  yield html('links in links', full('<a><div>'));
  yield html('no break', full('<nobr><nobr>x'));
  yield html('foster parents', full('<table><a>x'));
  yield html('foster text', `<table>${full('x<tr>y')}`);
  yield html('foster in foster', full('<table><td><table>x<b>'));
  yield html('blocks in formatting', `${each(8, (index) => `<font size=${String(index)}>`)}${full('<div></font>x')}`);
}

function* attributes(): Generator<HeavyOutput> {
  yield html('many attributes', `<b ${each(50_000, (index) => ` a${String(index)}`)}>x</b>`);
  yield html('known attributes', `<b ${each(50_000, (index) => ` data-a${String(index)}=1`)}>x</b>`);
  yield html('the same attribute', `<b${full(' id=a')}>x</b>`);
  yield html('styles', full('<b style="color:red;width:1px">x</b>'));
  yield html('a long style', `<b style="${full('color:red;')}">x</b>`);
  yield html('style functions', `<b style="width:${full('calc(')}">x</b>`);
  yield html('classes', `<b class="${full('a ')}">x</b>`);
  yield html('different classes', `<b class="${each(60_000, (index) => `a${String(index)} `)}">x</b>`);
  yield html(
    'many ids',
    each(20_000, (index) => `<b id=a${String(index)}>`),
  );
  yield html('href', `<a href="${full('&#1;')}">x</a>`);
}

/** What a sanitizer has been led astray with, many times over. */
function* mutations(): Generator<HeavyOutput> {
  const pieces = [
    '<svg><style><img title="</style><img onerror=x>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;">',
    '<form><math><mtext></form><form><mglyph><style></math><img src>',
    '<svg></p><style><a id="</style><img>">',
    '<noscript><p title="</noscript><img>">',
    '<svg><foreignObject><p><svg><desc><div>',
    '<math><annotation-xml encoding="text/html"><div>',
    '<template><b>',
    '<svg><title><b></title>',
    '<!--<b>--!><i>',
  ];
  for (const piece of pieces) {
    yield html(`mutation ${piece}`, `x${full(piece)}`);
    yield html(`some mutation ${piece}`, `x${allowed(piece)}`);
  }
}

function* tables(): Generator<HeavyOutput> {
  const table = (name: string, rows: string): HeavyOutput => html(`table: ${name}`, `<table>${rows}</table>`);
  const worst = (name: string, rows: string): HeavyOutput => ({ ...table(name, rows), worst: true });
  yield table('cells', full('<tr><td>1'));
  yield table('some cells', allowed('<td>1<td>12<td>123<td>1234<tr>'));
  yield table('a row', `<tr>${allowed('<td>1')}`);
  yield table('columns', `${allowed('<col>')}<tr><td>x`);
  yield table('column spans', `${allowed('<col span=1000>')}<tr><td>x`);
  yield table('spans', allowed('<tr><td colspan=1000>x'));
  yield table('spans in a row', `<tr>${allowed('<td colspan=1000>x')}`);
  yield table('row spans', allowed('<tr><td rowspan=65534>x'));
  yield table('row spans aside', `<tr>${'<td rowspan=65534>x'.repeat(1900)}${'<tr>'.repeat(1900)}`);
  yield worst('rows to the end', `<tr>${'<td rowspan=0 colspan=1000>x'.repeat(1900)}${'<tr>'.repeat(1900)}`);
  yield table('both spans', '<tr><td colspan=1000 rowspan=65534>x'.repeat(1500));
  yield table(
    'stairs',
    `<tr>${Array.from({ length: 1000 }, (_, index) => `<td rowspan=${String(index + 1)} colspan=9>x`).join('')}${'<tr><td>x'.repeat(1000)}`,
  );
  yield table('bodies', `${allowed('<tbody>')}<tr><td>x`);
  yield table('heads', allowed('<thead><tr><th>x</thead>'));
  yield table('sortable', `<thead><tr>${'<th>x'.repeat(1900)}</thead><tbody><tr><td>1`);
  yield html('table: in tables', '<table><tr><td>'.repeat(45));
  yield html('table: in tables with spans', '<table><tr><td colspan=1000 rowspan=1000><td>'.repeat(45));
  yield html('table: foster parents', allowed('<table><a>x'));
}

/** Text that takes its time to be divided into lines. */
function* scripts(): Generator<HeavyOutput> {
  const texts = { Thai: 'กขคง', Khmer: 'កខគ', Burmese: 'ကခဂ', Korean: '한국어', Chinese: '汉字', Arabic: 'ابت' };
  const more = {
    marks: 'a\u0301\u0302',
    emoji: '👩‍👩‍👧',
    embedding: '\u202aא',
    isolates: '\u2066a',
    tabs: '\t',
    joiners: '\u200d',
  };
  for (const [name, text] of Object.entries({ ...texts, ...more })) {
    yield html(`text in ${name}`, `<p>${full(text)}</p>`);
    yield html(`code in ${name}`, `<pre>${full(text)}</pre>`);
    yield html(`elements in ${name}`, `<p>${allowed(`<b>${text}</b>`)}</p>`);
  }
  yield html('a long word', `<p>${full('a')}</p>`);
  yield html('soft hyphens', `<p>${full('a\u00ad')}</p>`);
  yield html('ruby', allowed('<ruby>a<rt>b</ruby>'));
}

/** Many lines, each with a box for every element around it. */
function* lines(): Generator<HeavyOutput> {
  const worst = (name: string, markup: string): HeavyOutput => ({ ...html(name, markup), worst: true });
  const nest = (style: string, text: string): string =>
    `${`<b style="${style}">`.repeat(190)}${text}${'</b>'.repeat(190)}`;
  for (const style of ['', 'border:1px solid red', 'text-decoration:underline wavy red', 'vertical-align:super']) {
    yield worst(`lines in ${style}`, `<pre>${nest(style, full('x\n', 380_000))}</pre>`);
    yield html(`narrow lines in ${style}`, `<div style="width:1px">${nest(style, full('x ', 380_000))}</div>`);
  }
  for (const display of ['initial', 'unset', 'math'])
    yield worst(
      `lines of elements that are ${display}`,
      `<pre>${`<div style="display:${display};border:1px solid red">`.repeat(190)}${full('x\n', 90_000)}`,
    );
  yield worst(
    'lines of elements that a rule and a variable join',
    `<style>:root{--a:in} div{display:var(--a)line}</style><pre>${'<div>'.repeat(190)}${full('x\n', 90_000)}`,
  );
  for (const end of ['?', '\u2014', '\u0f0b', '\u2026', '!(', '\u2603'])
    yield worst(
      `lines that end after ${end}`,
      `<div style="width:1px">${'<b style="border:1px solid red">'.repeat(150)}${full(`a${end}`, 90_000)}</div>`,
    );
  yield worst('lines in two fonts', `<p style="width:1px">${full('x\u4e00', 90_000)}</p>`);
  yield worst('a letter with many marks', `<p>a${full('\u0301', 190_000)}</p>`);
  for (const style of ['underline', 'underline wavy red', 'underline dotted'])
    yield worst(
      `letters with many lines: ${style}`,
      `${`<u style="text-decoration:${style}">`.repeat(150)}${full('gjpq', 90_000)}`,
    );
  yield worst(
    'letters underlined by a rule',
    `<style>i{text-decoration:underline}</style>${'<i>'.repeat(150)}${full('gjpq', 90_000)}`,
  );
  for (const text of ['\n', 'x\n', '\fx\v']) yield html(`lines of ${JSON.stringify(text)}`, `<pre>${full(text)}</pre>`);
  yield worst('letters below each other', `<div style="width:1px;overflow-wrap:anywhere">${full('x')}</div>`);
  yield html('the same, escaped', `<div style="width:1px;overflow-w\\72 ap:anywhere">${full('x')}</div>`);
  yield html('words below each other', `<div style="width:1px">${full('x ')}</div>`);
  yield html('spaces below each other', `<div style="width:1px;white-space:break-spaces">${full(' ')}</div>`);
  yield worst('letters wider than the page', `<p style="font-size:1000px">${full('x\u4e00', 190_000)}</p>`);
  yield html(
    'letters of many sizes',
    each(2000, (index) => `<b style="font-size:${String(index / 10)}px">x\u4e00</b>`),
  );
  yield html('ruby', `<ruby>${full('x y ', 150_000)}<rt>${full('x y ', 150_000)}</rt></ruby>`);
}

/** The direction of text is decided in quadratic time. */
function* directions(): Generator<HeavyOutput> {
  const worst = (name: string, markup: string): HeavyOutput => ({ ...html(name, markup), worst: true });
  yield worst('directions', `<div dir=rtl>${full('\u05d0 1 a ', 390_000)}</div>`);
  yield worst('brackets of another direction', `<pre dir=rtl>\u05d0${full('(', 95_000)}a${full(')', 95_000)}</pre>`);
  yield worst('nested directions', `${'<bdo dir=rtl>a<bdo dir=ltr>'.repeat(95)}${full('\u05d0a1', 190_000)}`);
  yield html('paragraphs of directions', `<p>${'\u05d0 a '.repeat(900)}</p>`.repeat(60));
  yield html(
    'directions by themselves',
    `${'<div dir=auto>'.repeat(190)}${'<i></i>'.repeat(4000)}${full('. ', 200_000)}`,
  );
}

function* formulas(): Generator<HeavyOutput> {
  const nest = (open: string, close: string, levels: number): string =>
    `<math>${open.repeat(levels)}<mi>y</mi>${close.repeat(levels)}</math>`;
  yield html('formula: padding', nest('<mpadded width="+10%" lspace="10%" height="200%">', '</mpadded>', 190));
  yield html('formula: fractions', nest('<mfrac><mi>x</mi>', '</mfrac>', 190));
  yield html('formula: brackets', nest('<mrow><mo stretchy="true">(</mo>', '<mo stretchy="true">)</mo></mrow>', 190));
  yield html('formula: tables', nest('<mtable><mtr><mtd>', '</mtd></mtr></mtable>', 19));
  yield html('formula: spans', `<math><mtable><mtr>${allowed('<mtd columnspan="999">x</mtd>')}</mtr></mtable></math>`);
  yield html('formula: scripts', `<math><mmultiscripts><mi>x</mi>${allowed('<mi>a</mi>')}</mmultiscripts></math>`);
}

/** Markup that takes the browser long to read, to clean or to lay out. */
export function* heavyMarkup(): Generator<HeavyOutput> {
  yield* tags();
  yield* misnested();
  yield* attributes();
  yield* mutations();
  yield* tables();
  yield* scripts();
  yield* lines();
  yield* directions();
  yield* formulas();
}
