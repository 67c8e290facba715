import type { SyntaxNode, Tree } from '@lezer/common';
import type { SourceReader } from './sourceReader.js';
import { isComment, type SourceTree } from './sourceTree.js';
import { standsAlone } from './standsAlone.js';

/**
 * The selected expression, prepared to run alone. Undefined if the selection is not an expression or cuts a token in
 * two.
 */
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
  if (!isStatementAlone(tree, from)) return undefined;
  const inParentheses = `(${code})`;
  return isExpression(reader.parseAlone(inParentheses), inParentheses) ? inParentheses : undefined;
}

/** Whether an expression starts here that would be a block or a declaration on its own. */
function isStatementAlone(tree: Tree, from: number): boolean {
  const { parent } = tree.resolveInner(from, 1);
  return parent?.from === from && /^(?:Class|Function|Object)Expression$/.test(parent.name);
}

function isExpression({ topNode }: Tree, code: string): boolean {
  const statement = topNode.firstChild;
  return (
    statement?.name === 'ExpressionStatement' &&
    !statement.nextSibling &&
    !hasMistake(statement, code) &&
    standsAlone(code, statement)
  );
}

/** Code between the braces of a template is not part of the template's own token. */
function cutsToken(tree: Tree, position: number): boolean {
  const node = tree.resolveInner(position, 1);
  const isToken = !node.firstChild || node.name === 'TemplateString';
  return isToken && node.from < position && position < node.to && !node.type.isTop;
}

/** The parser accepts unclosed strings, templates and regular expressions, and some keywords as names. */
function hasMistake(node: SyntaxNode, code: string): boolean {
  let found = false;
  node.cursor().iterate((each) => {
    const { type, name, from, to } = each;
    const sound = soundTokens[name];
    found ||=
      type.isError || (sound !== undefined && !sound.test(code.slice(from, to))) || isMisplaced(each.node, code);
  });
  return found;
}

/** The parser accepts `a | b = c`, `++this`, and `a as T < b` (the beginning of `a as T<B>`). */
function isMisplaced({ name, from, to, parent, prevSibling }: SyntaxNode, code: string): boolean {
  if (name === 'AssignmentExpression') return parent?.name === 'BinaryExpression';
  if (name === 'this') return /(?:\+\+|--)\s*$/.test(code.slice(0, from));
  const isLess = name === 'CompareOp' && code.slice(from, to) === '<';
  return isLess && (prevSibling?.getChild('as') ?? prevSibling?.getChild('satisfies') ?? null) !== null;
}

const soundTokens: Readonly<Record<string, RegExp>> = {
  RegExp: /^\/.+\/[a-z]*$/s,
  String: /^(["'])(?:[^\\]|\\.)*\1$/s,
  TemplateString: /^`.*`$/s,
  TypeName: /^(?!(?:enum|infer|keyof|readonly)$)/,
  UnionType: /^(?:(?!\|\|).)*$/s,
  VariableName: /^(?!(?:await|declare|enum|implements|interface|package|private|protected|public|static)$)/,
};
