import { type AnyNode, type BlockStatement, type CallExpression, type CatchClause, type Options, parse } from 'acorn';
import { children } from '../compile/syntaxTree.js';

const options: Options = {
  ecmaVersion: 'latest',
  allowAwaitOutsideFunction: true,
  allowHashBang: true,
  allowImportExportEverywhere: true,
  allowReturnOutsideFunction: true,
  allowSuperOutsideMethod: true,
};

/** The tree of a script or module, as V8 has it; undefined if it cannot be parsed. */
export function treeOf(source: string): AnyNode | undefined {
  for (const sourceType of ['script', 'module'] as const) {
    try {
      return parse(source, { ...options, sourceType });
    } catch {
      // the other one may be right
    }
  }
  return undefined;
}

/**
 * Whether the code around an offset catches what is thrown there, in the same function: in a `try` with a handler, or
 * in what leads to a promise whose rejection is handled on the spot.
 */
export function catches(tree: AnyNode, offset: number): boolean {
  let isCaught = false;
  for (let node: AnyNode | undefined = tree; node; node = partAt(node, offset)) {
    if (isFunction(node)) isCaught = false;
    else isCaught ||= catchesAt(node, offset);
  }
  return isCaught;
}

function catchesAt(node: AnyNode, offset: number): boolean {
  if (node.type === 'TryStatement') return isIn(node.block, offset) && !!node.handler && handles(node.handler);
  return node.type === 'CallExpression' && handlesRejection(node, offset);
}

/** A handler that only throws again, or something else, leaves it to others. */
function handles({ body }: CatchClause): boolean {
  const [first] = (body satisfies BlockStatement).body;
  return first?.type !== 'ThrowStatement';
}

/** `promise.catch(...)`, `promise.then(..., ...)` and `Promise.allSettled([promise])`. */
function handlesRejection({ callee, arguments: args }: CallExpression, offset: number): boolean {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  const { name } = callee.property;
  if (name === 'allSettled') return args.some((argument) => isIn(argument, offset));
  const isHandled = (name === 'catch' && args.length > 0) || (name === 'then' && args.length > 1);
  return isHandled && offset < callee.property.start;
}

function partAt(node: AnyNode, offset: number): AnyNode | undefined {
  return children(node).find((child) => isIn(child, offset));
}

function isIn({ start, end }: { readonly start: number; readonly end: number }, offset: number): boolean {
  return start <= offset && offset < end;
}

function isFunction({ type }: AnyNode): boolean {
  return type.includes('Function') || type === 'StaticBlock' || type === 'PropertyDefinition';
}
