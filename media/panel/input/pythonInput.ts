import type { Tree } from '@lezer/common';
import { parser } from '@lezer/python';

const opening: ReadonlySet<string> = new Set(['(', '[', '{']);
const closing: ReadonlySet<string> = new Set([')', ']', '}']);

/**
 * Whether Enter runs a text instead of starting another line: as at Python's prompt, brackets and strings must be
 * closed, and an empty line ends a block and the text of a `%%` magic. A text with any other error is complete, and
 * running it shows the error.
 */
export function isCompletePython(typed: string): boolean {
  if (cellMagic.test(typed)) return /\n[ \t]*$/.test(typed);
  const source = withoutMagics(typed);
  const tree = parser.parse(source);
  if (isOpen(tree, source)) return false;
  const lines = source.split('\n');
  const last = lines.at(-1) ?? '';
  if (lines.length > 1 && last.trim() === '') return true;
  const code = last.replace(/\s*(#.*)?$/, '');
  return !endsInBlock(tree, source) && !code.startsWith('@') && !code.endsWith(':') && !code.endsWith('\\');
}

const cellMagic = /^\s*%%[A-Za-z_]/;
/** `%magic`, `!command` and `?name`, with what a backslash adds, and `name = !command`; none is Python. */
const magicLine =
  /^[ \t]*(?:%[A-Za-z_]|!{1,2}(?!=)|\?{1,2}%{0,2}[A-Za-z_]|[A-Za-z_][\w., \t]*=[ \t]*(?:!(?!=)|%[A-Za-z_])).*$/;

/** Statements in place of lines that are magics: on a line that continues another one, `%` is the remainder. */
function withoutMagics(source: string): string {
  const lines: string[] = [];
  for (const line of source.split('\n')) {
    const isMagic = magicLine.test(line) && !continues(lines);
    lines.push(isMagic ? line.replace(/\S.*?(\\?)$/, 'pass$1') : line);
  }
  return lines.join('\n');
}

function continues(lines: readonly string[]): boolean {
  const above = lines.join('\n');
  return lines.length > 0 && (above.endsWith('\\') || isOpen(parser.parse(above), above));
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
