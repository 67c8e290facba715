import type { Tree } from '@lezer/common';
import type { parser as python } from '@lezer/python';
import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';
import { parseWithin } from '../../src/protocol/parseWithin.js';

/** The style sheet's classes for the tags of the grammar. */
export const tokenClasses = tagHighlighter([
  { tag: [tags.controlKeyword, tags.moduleKeyword, tags.keyword], class: 'k' },
  { tag: [tags.definitionKeyword, tags.operatorKeyword, tags.bool, tags.null], class: 'd' },
  { tag: [tags.string, tags.special(tags.string)], class: 's' },
  { tag: tags.number, class: 'n' },
  { tag: tags.comment, class: 'c' },
  // Otherwise, the format specifier in the braces of an f-string would count as a keyword.
  { tag: tags.modifier, class: 'm' },
]);

/** Words that editors color differently than the grammar suggests. */
const exceptions: Readonly<Record<string, string>> = { from: 'k', async: 'd' };

type Grammar = typeof python;

const LIMIT_MS = 100;

const grammars = new Map<string, Grammar>();
/** The dialects of the grammar of JavaScript, which is only loaded when there is something to color. */
const dialects: Readonly<Record<string, string>> = {
  javascript: 'jsx',
  javascriptreact: 'jsx',
  typescript: 'ts',
  typescriptreact: 'jsx ts',
};

/** Loads the grammars of languages, which sources are colored with from then on, and that of Python, for values. */
export async function loadGrammars(languageIds: ReadonlySet<string>): Promise<void> {
  for (const languageId of ['python', ...languageIds]) {
    if (grammars.has(languageId)) continue;
    try {
      const grammar = await grammarOf(languageId);
      if (grammar) grammars.set(languageId, grammar);
    } catch (error) {
      reportError(error); // sources without colors can be read too
    }
  }
}

async function grammarOf(languageId: string): Promise<Grammar | undefined> {
  if (languageId === 'python') return (await import('@lezer/python')).parser;
  const dialect = dialects[languageId];
  return dialect === undefined ? undefined : (await import('@lezer/javascript')).parser.configure({ dialect });
}

/** A piece of source in one color. */
export interface Token {
  readonly text: string;
  readonly class: string;
}

/** The source as lines of tokens. Without a grammar, or if it takes too long, there are no colors. */
export function highlightedLines(source: string, languageId: string): Token[][] {
  const lines: Token[][] = [[]];
  const push = (text: string, className: string): void => {
    for (const [index, piece] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (piece !== '') lines.at(-1)?.push({ text: piece, class: className });
    }
  };
  const grammar = grammars.get(languageId);
  const tree = grammar && parseWithin(LIMIT_MS, grammar, source);
  if (!tree) {
    push(source, '');
    return lines;
  }
  let at = 0;
  highlightTree(tree, tokenClasses, (from, to, className) => {
    if (from > at) push(source.slice(at, from), '');
    const text = source.slice(from, to);
    push(text, (languageId === 'python' ? exceptions[text] : undefined) ?? className);
    at = to;
  });
  if (at < source.length) push(source.slice(at), '');
  return lines;
}

/** The tokens of a value's text if it is valid Python, like most reprs of plain data. */
export function highlightedValue(text: string): Token[] | undefined {
  const grammar = grammars.get('python');
  const tree = grammar && parseWithin(LIMIT_MS, grammar, text);
  if (!tree) return undefined;
  const statements = tree.topNode.firstChild;
  if (hasError(tree) || statements?.name !== 'ExpressionStatement' || statements.nextSibling) return undefined;
  return highlightedLines(text, 'python').flatMap((line, index) =>
    index === 0 ? line : [{ text: '\n', class: '' }, ...line],
  );
}

function hasError(tree: Tree): boolean {
  const cursor = tree.cursor();
  do {
    if (cursor.type.isError) return true;
  } while (cursor.next());
  return false;
}

export function tokenNode({ text, class: className }: Token): Node {
  if (className === '') return document.createTextNode(text);
  const span = document.createElement('span');
  span.className = className;
  span.textContent = text;
  return span;
}
