import type { Tree } from '@lezer/common';
import { parser } from '@lezer/python';

const opening: ReadonlySet<string> = new Set(['(', '[', '{']);
const closing: ReadonlySet<string> = new Set([')', ']', '}']);

/**
 * Whether Enter runs a text instead of starting another line: as at Python's prompt, brackets and strings must be
 * closed, and an empty line ends a block. A text with any other error is complete, and running it shows the error.
 */
export function isCompletePython(source: string): boolean {
  const tree = parser.parse(source);
  if (isOpen(tree, source)) return false;
  const lines = source.split('\n');
  const last = lines.at(-1) ?? '';
  if (lines.length > 1 && last.trim() === '') return true;
  const code = last.replace(/\s*(#.*)?$/, '');
  return !endsInBlock(tree, source) && !code.startsWith('@') && !code.endsWith(':') && !code.endsWith('\\');
}

/** Whether a bracket or a multi-line string is still open at the end. */
function isOpen(tree: Tree, source: string): boolean {
  let depth = 0;
  let openString = false;
  tree.iterate({
    enter: ({ name, from, to }) => {
      if (opening.has(name)) depth += 1;
      else if (closing.has(name)) depth -= 1;
      else if ((name === 'String' || name === 'FormatString') && to >= source.trimEnd().length)
        openString = isUnclosed(source.slice(from, to));
    },
  });
  return depth > 0 || openString;
}

/** Whether the last statement has a block, to which another line can be added. */
function endsInBlock(tree: Tree, source: string): boolean {
  const last = tree.topNode.lastChild;
  if (!last || !source.slice(last.from).trimEnd().includes('\n')) return false;
  return last.name === 'DecoratedStatement' || last.getChild('Body') !== null;
}

function isUnclosed(literal: string): boolean {
  const quotes = /^[a-z]*("""|''')/i.exec(literal);
  const [start = '', quote = ''] = quotes ?? [];
  return quotes !== null && (literal.length < start.length + 3 || !literal.trimEnd().endsWith(quote));
}
