import type { SyntaxNode, Tree } from '@lezer/common';
import { isComment, type SourceReader, type SourceTree } from './sourceTree.js';

/** The selected expression, so that it can run alone; undefined for what is none, or cuts a token in two. */
export function expressionCode(
  reader: SourceReader,
  { text, tree }: SourceTree,
  from: number,
  to: number,
): string | undefined {
  if (cutsToken(tree, from) || cutsToken(tree, to)) {
    const comment = tree.resolveInner(from, 1);
    if (!isComment(comment) || comment.to < to) return undefined;
  }
  const code = text.slice(from, to);
  if (isExpression(reader.parseAlone(code), code)) return code;
  // An object in braces is a block when it stands alone.
  const inParentheses = `(${code})`;
  return code.startsWith('{') &&
    tree.resolveInner(from, 1).parent?.name === 'ObjectExpression' &&
    isExpression(reader.parseAlone(inParentheses), inParentheses)
    ? inParentheses
    : undefined;
}

function isExpression({ topNode }: Tree, code: string): boolean {
  const statement = topNode.firstChild;
  return statement?.name === 'ExpressionStatement' && !statement.nextSibling && !hasMistake(statement, code);
}

/** Code between the braces of a template is no part of the template's own token. */
function cutsToken(tree: Tree, position: number): boolean {
  const node = tree.resolveInner(position, 1);
  const isToken = !node.firstChild || node.name === 'TemplateString';
  return isToken && node.from < position && position < node.to && !node.type.isTop;
}

/** The parser takes a string, a template or a regular expression that is never closed for one that is. */
function hasMistake(node: SyntaxNode, code: string): boolean {
  let found = false;
  node.cursor().iterate(({ type, name, from, to }) => {
    const closed = CLOSED[name];
    found ||= type.isError || (closed !== undefined && !closed.test(code.slice(from, to)));
  });
  return found;
}

const CLOSED: Readonly<Record<string, RegExp>> = {
  RegExp: /^\/.+\/[a-z]*$/s,
  String: /^(["'])(?:[^\\]|\\.)*\1$/s,
  TemplateString: /^`.*`$/s,
};
