import * as l10n from '@vscode/l10n';
import { Lexer, Marked } from 'marked';
import { EmptyFormError } from './drawnForm.js';

/**
 * The parser takes time in proportion to the length of a text times the number of characters that could mean something.
 */
const special = /[_*~`![\]<$&:@\\]/g;
const MOST_SPECIAL = 4_000_000;
const listItem = /^[ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t]/gm;
const MOST_LISTED = 15_000_000;
/** The parser calls itself for each list or quotation that begins in the same line. */
const nested = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)])){50}/m;
/** Each row of a table gets as many cells as the line below its header says, however short it is. */
const belowHeader = /^[|:\- \t>]+$/;
const MOST_CELLS = 10_000;
/** In characters: the addresses and titles of all links, each of which is repeated wherever its name is. */
const MOST_LINKED = 4_000_000;
const SLICE_MS = 20;

/** The checkboxes of task lists cannot be changed here, so they are characters. */
const renderer = { checkbox: ({ checked }: { checked: boolean }): string => (checked ? '☑ ' : '☐ ') };

/**
 * GitHub's Markdown as markup, with formulas. One paragraph after the other is parsed, so that the page remains
 * responsive.
 * @throws EmptyFormError if parsing a part of it would take too long.
 */
export async function markdownMarkup(data: string): Promise<string> {
  const marked = new Marked({ gfm: true, async: false, renderer });
  if (data.includes('$')) marked.use({ extensions: (await import('./markdownFormulas.js')).formulas });
  if (nested.test(data) || costs(data, listItem) > MOST_LISTED || cellsIn(data) > MOST_CELLS) throw tooLong();
  const lexer = new Lexer(marked.defaults);
  const tokens = lexer.blockTokens(data.replaceAll(/\r\n?/g, '\n'), lexer.tokens);
  let longest = 0;
  for (const { href, title } of Object.values(lexer.tokens.links))
    longest = Math.max(longest, `${href}${title ?? ''}`.length);
  if (longest * (data.match(/\[/g)?.length ?? 0) > MOST_LINKED) throw tooLong();
  let until = performance.now() + SLICE_MS;
  for (const { src, tokens: inline } of lexer.inlineQueue) {
    if (costs(src, special) > MOST_SPECIAL) throw tooLong();
    lexer.inlineTokens(src, inline);
    if (performance.now() < until) continue;
    await new Promise((resolve) => setTimeout(resolve));
    until = performance.now() + SLICE_MS;
  }
  return marked.parser(tokens);
}

/** The number of cells that tables might have. */
function cellsIn(text: string): number {
  let cells = 0;
  let columns = 0;
  for (const line of text.split(/\r\n?|\n/)) {
    if (/^ *$/.test(line)) columns = 0;
    else if (belowHeader.test(line) && line.includes('|')) columns = Math.max(columns, line.match(/-+/g)?.length ?? 0);
    cells += columns;
  }
  return cells;
}

function costs(text: string, pattern: RegExp): number {
  return text.length * (text.match(pattern)?.length ?? 0);
}

function tooLong(): EmptyFormError {
  return new EmptyFormError(l10n.t('This Markdown would take too long to draw.'));
}
