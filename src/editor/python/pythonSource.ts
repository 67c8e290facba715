import { logicalLinesOf, type LogicalLines } from './logicalLines.js';
import { buildStatements, type Statement } from './statements.js';

/** A Python file as its statements. */
export interface Source {
  readonly lines: LogicalLines;
  readonly statements: readonly Statement[];
}

const read = new WeakMap<LogicalLines, Source>();

/** A text that is asked about several times is read once. */
export function readSource(text: string): Source {
  const lines = logicalLinesOf(text);
  const known = read.get(lines);
  if (known) return known;
  const source = { lines, statements: buildStatements(lines.logical) };
  read.set(lines, source);
  return source;
}
