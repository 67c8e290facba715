import { logicalLinesOf, type LogicalLines } from './logicalLines.js';
import { buildStatements, type Statement } from './statements.js';

/** A Python file as statements. */
export interface Source {
  readonly lines: LogicalLines;
  readonly statements: readonly Statement[];
}

const read = new WeakMap<LogicalLines, Source>();

/** Reads a text, and caches the result for repeated questions. */
export function readSource(text: string): Source {
  const lines = logicalLinesOf(text);
  const known = read.get(lines);
  if (known) return known;
  const source = { lines, statements: buildStatements(lines.logical) };
  read.set(lines, source);
  return source;
}
