import { logicalLinesOf, type LogicalLines } from './logicalLines.js';
import { buildStatements, type Statement } from './statements.js';

/** A Python file as its statements. */
export interface Source {
  readonly lines: LogicalLines;
  readonly statements: readonly Statement[];
}

let latest: Source | undefined;

/** A text that is asked about several times in a row is read once. */
export function readSource(text: string): Source {
  const lines = logicalLinesOf(text);
  if (latest?.lines !== lines) latest = { lines, statements: buildStatements(lines.logical) };
  return latest;
}
