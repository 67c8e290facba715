import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import { lineAt, offsetAt, type Position } from './physicalLines.js';
import { readSource } from './pythonSource.js';
import { statementsAt } from './statements.js';

/**
 * Whether the name at a position is local to the function, class or comprehension around it, or is a keyword argument,
 * so that a global variable of that name is a different one. For `a.b`, the name is `a`.
 */
export function isLocalName(text: string, position: Position): boolean {
  const { lines, statements } = readSource(text);
  const [statement] = statementsAt(statements, position.line);
  if (!statement) return false;
  const start = lines.starts[statement.startLine] ?? 0;
  const code = text.slice(start, lines.ends[statement.endLine]);
  const name = nameAt(parser.parse(code).topNode, offsetAt(lines, position) - start);
  return name !== undefined && (isKeyword(name) || isBoundAround(code, name));
}

/** The last line that assigns a global variable, counted from 0; undefined if none does. */
export function assignedLine(text: string, name: string): number | undefined {
  const { lines, statements } = readSource(text);
  for (const { startLine, endLine } of statements.toReversed()) {
    const start = lines.starts[startLine] ?? 0;
    const code = text.slice(start, lines.ends[endLine]);
    let found: number | undefined;
    parser
      .parse(code)
      .cursor()
      .iterate(({ node }) => {
        if (node.name !== 'VariableName' || textOf(code, node) !== name) return;
        if (isBinding(node) && !isBoundAround(code, node)) found = node.from;
      });
    if (found !== undefined) return lineAt(lines, start + found);
  }
  return undefined;
}

/** The variable at an offset, or at the start of a chain of attributes there. */
function nameAt(tree: SyntaxNode, offset: number): SyntaxNode | undefined {
  for (const side of [1, -1] as const) {
    let node: SyntaxNode | null = tree.resolveInner(offset, side);
    if (node.name === 'PropertyName') node = node.parent;
    while (node?.name === 'MemberExpression') node = node.firstChild;
    if (node?.name === 'VariableName') return node;
  }
  return undefined;
}

function isKeyword({ parent, nextSibling }: SyntaxNode): boolean {
  return (parent?.name === 'ArgList' && nextSibling?.name === 'AssignOp') || parent?.name === 'KeywordPattern';
}

function isBoundAround(code: string, name: SyntaxNode): boolean {
  const text = textOf(code, name);
  let isInFunction = false;
  for (let child = name, scope = name.parent; scope; child = scope, scope = scope.parent) {
    const isClass = scope.name === 'ClassDefinition';
    // Functions do not see the names of the class around them.
    if (!holds(scope, child, name) || (isClass && isInFunction)) continue;
    const same = namesOf(scope).filter((each) => textOf(code, each) === text);
    if (same.some((each) => isDeclared(each, 'global'))) return false;
    if (same.some(isBinding) && !same.some((each) => isDeclared(each, 'nonlocal'))) return true;
    isInFunction ||= !isClass;
  }
  return false;
}

const scopeNode = /^(?:FunctionDefinition|LambdaExpression|ClassDefinition)$|Comprehension/;

/**
 * Whether a name in a part of a scope is looked up in that scope: defaults and annotations belong to the scope around
 * it.
 */
function holds(scope: SyntaxNode, part: SyntaxNode, name: SyntaxNode): boolean {
  if (!scopeNode.test(scope.name)) return false;
  if (part.name === 'ParamList') return name.parent?.name === 'ParamList' && isBinding(name);
  return part.name === 'Body' || !scope.name.endsWith('Definition');
}

/**
 * The names of a scope, without those of inner scopes. The name of a function or class belongs to the scope around it.
 */
function namesOf(scope: SyntaxNode): SyntaxNode[] {
  const names: SyntaxNode[] = [];
  const visit = (node: SyntaxNode): void => {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === 'VariableName') names.push(child);
      else if (!scopeNode.test(child.name)) visit(child);
      else if (child.name.endsWith('Definition')) names.push(...child.getChildren('VariableName'));
    }
  };
  visit(scope.getChild('Body') ?? scope);
  const parameters = scope.getChild('ParamList');
  if (parameters) visit(parameters);
  return names;
}

function isDeclared(name: SyntaxNode, how: 'global' | 'nonlocal'): boolean {
  return name.parent?.name === 'ScopeStatement' && name.parent.getChild(how) !== null;
}

/** Whether a name is assigned a value here. */
function isBinding(name: SyntaxNode): boolean {
  let target = name;
  while (target.parent && targets.has(target.parent.name)) target = target.parent;
  const [before, after] = [target.prevSibling?.name, target.nextSibling?.name];
  const { parent } = target;
  if (!parent) return false;
  switch (parent.name) {
    case 'AssignStatement':
      return after === 'TypeDef' || (parent.getChildren('AssignOp').at(-1)?.from ?? 0) > target.from;
    case 'UpdateStatement':
    case 'NamedExpression':
      return before === undefined;
    case 'ParamList':
      return before !== 'AssignOp';
    case 'ImportStatement':
      return before !== '.' && after !== 'as' && (parent.getChild('import')?.from ?? 0) < target.from;
    case 'WithStatement':
    case 'TryStatement':
    case 'AsPattern':
      return before === 'as';
    case 'CapturePattern':
    case 'ClassDefinition':
    case 'FunctionDefinition':
    case 'TypeParam':
      return true;
    default:
      return isLoopTarget(target);
  }
}

const targets = new Set(['ArrayExpression', 'ParenthesizedExpression', 'TupleExpression']);

/** Between the `for` and the `in` of a loop or a comprehension. */
function isLoopTarget(target: SyntaxNode): boolean {
  for (let node = target.prevSibling; node && node.name !== 'in'; node = node.prevSibling) {
    if (node.name === 'for') return true;
  }
  return false;
}

function textOf(code: string, { from, to }: SyntaxNode): string {
  return code.slice(from, to);
}
