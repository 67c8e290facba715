import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@lezer/python';

/**
 * Whether `text.slice(from, to)` is an expression that a user can have meant: it parses alone and does not cut a token
 * in two.
 */
export function isExpression(text: string, from: number, to: number): boolean {
  const tree = parser.parse(text);
  if (cutsToken(tree, from) || cutsToken(tree, to)) {
    const comment = tree.resolveInner(from, 1);
    if (comment.name !== 'Comment' || comment.to < to) return false;
  }
  // The parser might treat a line that starts with `print` as a Python 2 statement.
  const code = text.slice(from, to).replace(/^print\b/, 'Print');
  const alone = parser.parse(code).topNode;
  const statement = alone.firstChild;
  return (
    statement?.name === 'ExpressionStatement' &&
    !statement.nextSibling &&
    !isStarred(statement) &&
    !hasError(alone) &&
    needsNothing(code)
  );
}

/** Whether `text.slice(from, to)` is one or more whole statements of a line with several, as in `a = 1; b = 2`. */
export function isPartOfStatementGroup(text: string, from: number, to: number): boolean {
  let group: SyntaxNode | null = parser.parse(text).topNode.resolveInner(from, 1);
  while (group && group.name !== 'StatementGroup') group = group.parent;
  const parts = group?.getChildren('Statement') ?? [];
  const ends = [...parts, ...(group?.getChildren(';') ?? [])];
  return (
    parts.some((part) => part.from === from) &&
    ends.some((part) => part.to === to) &&
    needsNothing(text.slice(from, to))
  );
}

/** What a line of code needs around it to run. */
export interface Needs {
  readonly loop: boolean;
  readonly function: boolean;
  /** A function around its function. */
  readonly outerFunction: boolean;
}

/** What the `break`, `continue`, `return`, `yield` and `nonlocal` of a line need around it. */
export function needsOf(line: string): Needs {
  const needs = { loop: false, function: false, outerFunction: false };
  if (!mayNeed.test(line) || !mayNeed.test(withoutComments(line))) return needs;
  parser.parse(line).iterate({
    enter: ({ name }) => {
      if (needsLoop.has(name)) needs.loop = true;
      if (needsFunction.has(name)) needs.function = true;
      if (name === 'nonlocal') needs.outerFunction = true;
      return !holdsItsOwn.has(name);
    },
  });
  return needs;
}

const mayNeed = /\b(?:break|continue|return|yield|nonlocal)\b/;

/** Only if no string can contain what looks like a comment. */
function withoutComments(line: string): string {
  return /["']/.test(line) ? line : line.replace(/#.*/g, '');
}

function needsNothing(code: string): boolean {
  return Object.values(needsOf(code)).every((needed) => !needed);
}

const needsLoop = new Set(['BreakStatement', 'ContinueStatement']);
const needsFunction = new Set(['ReturnStatement', 'YieldStatement', 'YieldExpression']);
const holdsItsOwn = new Set(['FunctionDefinition', 'LambdaExpression']);

/** Code between the braces of an f-string is not part of the string's own token. */
function cutsToken(tree: Tree, position: number): boolean {
  for (let node: SyntaxNode | null = tree.resolveInner(position, 1); node; node = node.parent) {
    const isInside = node.from < position && position < node.to && !node.type.isTop;
    if (isInside && node.name === 'FormatReplacement') return false;
    if (isInside && (!node.firstChild || strings.has(node.name))) return true;
  }
  return false;
}

/** As in `f(*a)`: it is only an expression next to others. */
function isStarred(statement: SyntaxNode): boolean {
  return statement.firstChild?.name === '*' && !statement.getChild(',');
}

const strings = new Set(['String', 'FormatString']);

function hasError(node: SyntaxNode): boolean {
  let found = false;
  node.cursor().iterate((each) => {
    found ||= each.type.isError;
  });
  return found;
}
