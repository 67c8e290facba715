import type { Cell } from './cells.js';
import { logicalLinesOf, type LogicalLines } from './logicalLines.js';
import { buildStatements, type Statement } from './statements.js';

/** Lines that fold into the first of them. They count from 0, both ends included. */
export interface Fold {
  readonly startLine: number;
  readonly endLine: number;
  readonly isRegion?: true;
}

/**
 * Where a Python file folds: cells, regions, blocks, and what spans several lines. VS Code folds by indentation and by
 * `#region` only until someone else says where to fold, so whoever adds cells has to say all the rest too.
 */
export function findFolds(text: string, cells: readonly Cell[]): Fold[] {
  const lines = logicalLinesOf(text);
  const regions = findRegions(lines);
  const folds = [
    ...regions,
    ...cellFolds(lines, cells, regions),
    ...buildStatements(lines.logical).flatMap(statementFolds),
  ];
  return folds.filter(({ startLine, endLine }) => endLine > startLine);
}

/** Regions that overlap a cell without being inside are left as they are: then the cell does not fold. */
function cellFolds(lines: LogicalLines, cells: readonly Cell[], regions: readonly Fold[]): Fold[] {
  return cells
    .map(({ startLine, endLine }) => ({ startLine, endLine: withoutBlankEnd(lines, endLine) }))
    .filter((cell) => !regions.some((region) => overlapsPartly(cell, region)));
}

function statementFolds({ clauses }: Statement): Fold[] {
  return clauses.flatMap(({ header, body }) => {
    const end = body.at(-1)?.endLine ?? header.endLine;
    return [{ startLine: header.startLine, endLine: end }, ...body.flatMap(statementFolds)];
  });
}

/** The pairs that VS Code's own folding of Python knows. */
function findRegions(lines: LogicalLines): Fold[] {
  const open: number[] = [];
  const regions: Fold[] = [];
  lines.kinds.forEach((kind, line) => {
    if (kind !== 'comment') return;
    const text = lines.text.slice(lines.starts[line], lines.ends[line]);
    if (/^\s*#\s*region\b/.test(text)) open.push(line);
    const startLine = /^\s*#\s*endregion\b/.test(text) ? open.pop() : undefined;
    if (startLine !== undefined) regions.push({ startLine, endLine: line, isRegion: true });
  });
  return regions;
}

function overlapsPartly(a: Fold, b: Fold): boolean {
  const [first, second] = a.startLine <= b.startLine ? [a, b] : [b, a];
  return second.startLine <= first.endLine && second.endLine > first.endLine && second.startLine > first.startLine;
}

function withoutBlankEnd({ kinds }: LogicalLines, endLine: number): number {
  let line = endLine;
  while (line > 0 && kinds[line] === 'blank') line--;
  return line;
}
