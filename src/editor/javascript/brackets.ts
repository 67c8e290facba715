import type { SyntaxNode } from '@lezer/common';

const opening = new Set(['(', '[', '{', 'InterpolationStart']);
const closing = new Set([')', ']', '}', 'InterpolationEnd']);

/** Whether a bracket of a syntax node is open at an offset, or at its end if no offset is given. */
export function hasOpenBracket(node: SyntaxNode, at = Infinity): boolean {
  let depth = 0;
  for (let child = node.firstChild; child && child.from < at; child = child.nextSibling) {
    if (opening.has(child.name)) depth++;
    if (closing.has(child.name)) depth--;
  }
  return depth > 0;
}
