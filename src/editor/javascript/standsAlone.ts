import type { SyntaxNode } from '@lezer/common';

const FUNCTIONS = new Set([
  'ArrowFunction',
  'ClassDeclaration',
  'ClassExpression',
  'FunctionDeclaration',
  'FunctionExpression',
  'MethodDeclaration',
]);
const LOOPS = new Set(['DoStatement', 'ForStatement', 'WhileStatement']);
const NEEDS_FUNCTION = new Set(['NewTarget', 'ReturnStatement', 'super', 'yield']);

/** Whether a statement can run outside of what holds it: a `return` needs its function, a `break` its loop. */
export function standsAlone(node: SyntaxNode, within = { loop: false, switch: false }): boolean {
  const { name } = node;
  if (NEEDS_FUNCTION.has(name)) return false;
  // A label may stand further out; what names one is left with all that is around it.
  if (name === 'BreakStatement') return (within.loop || within.switch) && !node.getChild('Label');
  if (name === 'ContinueStatement') return within.loop && !node.getChild('Label');
  if (FUNCTIONS.has(name)) return true;
  const inside = {
    loop: within.loop || LOOPS.has(name),
    switch: within.switch || name === 'SwitchStatement',
  };
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!standsAlone(child, inside)) return false;
  }
  return true;
}
