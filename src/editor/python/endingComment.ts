import { lastIndex } from '../lastIndex.js';
import { measureIndent } from './physicalLines.js';
import type { Source } from './pythonSource.js';
import { statementsAt, type Statement } from './statements.js';

/**
 * The statement whose block ends with a comment on a line, and the statements around it, outermost first. A comment
 * belongs to the innermost block that is not indented further. Undefined if something follows the comment in its block,
 * or if it is not in a block.
 */
export function holdersOfEndingComment({ lines, statements }: Source, line: number): Statement[] | undefined {
  if (lines.kinds[line] !== 'comment') return undefined;
  const index = lastIndex(lines.logical, ({ startLine }) => startLine <= line);
  const [before, after] = [lines.logical[index], lines.logical[index + 1]];
  const { column } = measureIndent(lines.text, lines.starts[line] ?? 0, lines.ends[line] ?? 0);
  const path = before ? statementsAt(statements, before.startLine) : [];
  const depth = path.findLastIndex((each) => indentOf(each) <= column);
  const block = depth > 0 ? path[depth] : undefined;
  return block && (after?.indent ?? -1) < indentOf(block) ? path.slice(0, depth) : undefined;
}

function indentOf({ clauses }: Statement): number {
  return clauses[0]?.header.indent ?? 0;
}
