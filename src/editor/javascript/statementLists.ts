import type { SyntaxNode } from '@lezer/common';

/** The statements of a list that a range of text touches, and the list. */
export interface Touched {
  readonly list: readonly SyntaxNode[];
  readonly statements: readonly SyntaxNode[];
}

/**
 * The touched statements of each list around a range of text, outermost first. Empty if the text does not consist of
 * statements.
 */
export function touchedStatements(text: string, script: SyntaxNode, from: number, to: number): Touched[] {
  const path: Touched[] = [];
  let list: readonly SyntaxNode[] | undefined = statementsIn(script);
  while (list) {
    const statements: readonly SyntaxNode[] = wholeOf(text, list, (each) => each.from < to && each.to > from);
    const [first, last] = [statements[0], statements.at(-1)];
    if (!first || !last) break;
    const isWhole = isTrivial(text.slice(from, first.from)) && isTrivial(text.slice(last.to, to));
    if (!isWhole) break;
    path.push({ list, statements });
    list = first === last ? innerList(first, from, to) : undefined;
  }
  return path;
}

/**
 * The wanted statements, with the parts that the parser split off: it supports neither `(x): x is T => …` nor `(x) =
 * 1`.
 */
function wholeOf(text: string, list: readonly SyntaxNode[], isWanted: (each: SyntaxNode) => boolean): SyntaxNode[] {
  let first = list.findIndex(isWanted);
  if (first < 0) return [];
  let last = list.findLastIndex(isWanted);
  while (isBrokenOff(text, list[first - 1], list[first])) first--;
  while (isBrokenOff(text, list[last], list[last + 1])) last++;
  return list.slice(first, last + 1);
}

/** Whether an error made the parser end a statement in the middle of a line and start another one. */
function isBrokenOff(text: string, statement: SyntaxNode | undefined, next: SyntaxNode | undefined): boolean {
  return (
    statement !== undefined &&
    next !== undefined &&
    endsInError(text, statement) &&
    !/[\r\n;]/.test(text.slice(statement.to, next.from))
  );
}

function endsInError(text: string, statement: SyntaxNode): boolean {
  let node: SyntaxNode | null = statement;
  while (node && !node.type.isError) node = node.lastChild;
  return node !== null && text.slice(node.to, statement.to).trim() === '';
}

/** The list inside a statement that contains a range of text. A single statement, as after `else`, is also a list. */
function innerList(statement: SyntaxNode, from: number, to: number): readonly SyntaxNode[] | undefined {
  for (let node: SyntaxNode | undefined = statement; node;) {
    const isList = node.name === 'Block' || node.name === 'SwitchBody';
    if (isList && node.from < from && node.to > to) return statementsIn(node);
    const child = childAround(node, from, to);
    if (child && isStatement(child) && !neededByChild.has(node.name)) return [child];
    node = child;
  }
  return undefined;
}

/** Statements that their inner statement cannot run without. */
const neededByChild = new Set(['ExportDeclaration', 'LabeledStatement', 'AmbientDeclaration']);

function childAround(node: SyntaxNode, from: number, to: number): SyntaxNode | undefined {
  for (let child = node.firstChild; child && child.from <= from; child = child.nextSibling) {
    if (child.to >= to) return child;
  }
  return undefined;
}

function statementsIn(node: SyntaxNode): SyntaxNode[] {
  const statements: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.type.is('Statement')) statements.push(child);
  }
  return statements;
}

function isStatement(node: SyntaxNode): boolean {
  return node.type.is('Statement') && node.name !== 'Block';
}

const trivia = /[\s;]+|\/\/[^\r\n]*|\/\*[^]*?\*\//y;

/**
 * Whether text only consists of white space, comments and semicolons. A single pattern for all of them would backtrack
 * forever.
 */
function isTrivial(text: string): boolean {
  for (let at = 0; at < text.length; at = trivia.lastIndex) {
    trivia.lastIndex = at;
    if (!trivia.test(text)) return false;
  }
  return true;
}
