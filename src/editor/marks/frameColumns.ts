import type { Frame } from '../../protocol/output.js';

/**
 * The columns of an error in a line of a document, in UTF-16 units; undefined if they are unknown or the line has
 * changed. The evaluator counts characters of the submitted line, which may have been dedented.
 */
export function frameColumns(
  { source, column, endColumn }: Pick<Frame, 'source' | 'column' | 'endColumn'>,
  line: string,
): { readonly start: number; readonly end: number } | undefined {
  if (source === undefined || column === undefined || endColumn === undefined || endColumn <= column) return undefined;
  const code = source.trim();
  const moved = line.indexOf(code) - source.indexOf(code);
  if (code === '' || !line.includes(code)) return undefined;
  const characters = Array.from(source);
  const unitsUpTo = (end: number) => characters.slice(0, end).join('').length;
  return { start: unitsUpTo(column) + moved, end: unitsUpTo(endColumn) + moved };
}
