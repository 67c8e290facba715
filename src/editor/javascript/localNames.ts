import type { SyntaxNode } from '@lezer/common';
import { lineAt, offsetAt, type Position } from '../python/physicalLines.js';
import type { SourceReader } from './sourceReader.js';

/**
 * Whether the name at a position is local to the function or block around it, or is not a name, so that a global
 * variable of that name is a different one. For `a.b`, the name is `a`.
 */
export function isLocalName(reader: SourceReader, text: string, position: Position): boolean {
  const source = reader.read(text);
  const offset = offsetAt(source, position);
  const node = [1, -1].map((side) => source.tree.resolveInner(offset, side as 1 | -1)).find(isName);
  if (!node) return true;
  const name = variableOf(node);
  return name !== undefined && isBoundAround(text, name);
}

/** The last line that declares or assigns a global variable, counted from 0; undefined if none does. */
export function assignedLine(reader: SourceReader, text: string, name: string): number | undefined {
  const source = reader.read(text);
  let found: number | undefined;
  source.tree.cursor().iterate(({ node }) => {
    const isTarget = node.name === 'VariableDefinition' ? !scopeOf(text, node) : isAssigned(text, node);
    if (isTarget && text.slice(node.from, node.to) === name && !isBoundAround(text, node)) found = node.from;
  });
  return found === undefined ? undefined : lineAt(source, found);
}

function isAssigned(text: string, { name, parent, prevSibling, nextSibling }: SyntaxNode): boolean {
  if (name !== 'VariableName' || !parent) return false;
  switch (parent.name) {
    case 'AssignmentExpression':
      return nextSibling?.name === 'Equals' || nextSibling?.name === 'UpdateOp';
    case 'PostfixExpression':
      return true;
    case 'UnaryExpression':
      return /^(?:\+\+|--)$/.test(text.slice(prevSibling?.from, prevSibling?.to));
    case 'ForOfSpec':
    case 'ForInSpec':
      return prevSibling?.name === '(';
    default:
      return false;
  }
}

const names = new Set(['JSXIdentifier', 'PropertyName', 'VariableDefinition', 'VariableName']);

function isName({ name, parent }: SyntaxNode): boolean {
  return names.has(name) && !(name === 'PropertyName' && parent?.name !== 'MemberExpression');
}

/** The variable at the start of a chain of properties, or undefined if it starts with something else. */
function variableOf(node: SyntaxNode): SyntaxNode | undefined {
  let first: SyntaxNode | null = node.name === 'PropertyName' ? node.parent : node;
  while (first?.name === 'MemberExpression') first = first.firstChild;
  return first && names.has(first.name) ? first : undefined;
}

function isBoundAround(text: string, name: SyntaxNode): boolean {
  let outermost = name;
  while (outermost.parent && !outermost.parent.type.isTop) outermost = outermost.parent;
  const wanted = text.slice(name.from, name.to);
  let isBound = false;
  outermost.cursor().iterate(({ node }) => {
    if (isBound || node.name !== 'VariableDefinition' || text.slice(node.from, node.to) !== wanted) return;
    const scope = scopeOf(text, node);
    isBound = scope !== undefined && scope.from <= name.from && scope.to >= name.to;
  });
  return isBound;
}

const functions = new Set([
  'ArrowFunction',
  'FunctionDeclaration',
  'FunctionExpression',
  'MethodDeclaration',
  'StaticBlock',
]);
const blocks = new Set(['Block', 'CatchClause', 'ClassExpression', 'ForStatement', 'SwitchBody']);
const declarations = new Set(['ClassDeclaration', 'FunctionDeclaration']);

/** The scope of a definition, or undefined if it is the whole file. */
function scopeOf(text: string, definition: SyntaxNode): SyntaxNode | undefined {
  const { parent } = definition;
  const isVar = isDeclaredByVar(text, definition);
  let scope = parent && declarations.has(parent.name) ? parent.parent : parent;
  while (scope && !functions.has(scope.name) && (isVar || !blocks.has(scope.name))) scope = scope.parent;
  return scope ?? undefined;
}

function isDeclaredByVar(text: string, { from, parent }: SyntaxNode): boolean {
  let declaration = parent;
  while (declaration && patterns.has(declaration.name)) declaration = declaration.parent;
  const isDeclaration =
    declaration?.name === 'VariableDeclaration' || /^For(?:Of|In)Spec$/.test(declaration?.name ?? '');
  return isDeclaration && /^\(?\s*var\b/.test(text.slice(declaration?.from, from));
}

const patterns = new Set(['ArrayPattern', 'ObjectPattern', 'PatternProperty']);
