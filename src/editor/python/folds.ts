import { findRegions, foldCells, type Fold } from '../cells/cellFolds.js';
import type { Cell } from '../cells/cells.js';
import type { LogicalLine } from './logicalLine.js';
import type { LogicalLines } from './logicalLines.js';
import { measureIndent } from './physicalLines.js';
import { readSource } from './pythonSource.js';
import type { Statement } from './statements.js';

const regionComments = { begin: /^\s*#\s*region\b/, end: /^\s*#\s*endregion\b/ };

/**
 * The folding ranges of a Python file: cells, regions, blocks and multi-line code. VS Code folds by indentation and by
 * `#region` only as long as no extension provides ranges, so the ranges must include all of these.
 */
export function findFolds(text: string, cells: readonly Cell[]): Fold[] {
  const { lines, statements } = readSource(text);
  const comments = lines.kinds.flatMap((kind, line) =>
    kind === 'comment' ? { line, text: text.slice(lines.starts[line], lines.ends[line]) } : [],
  );
  const regions = findRegions(comments, regionComments);
  const folds = [
    ...regions,
    ...foldCells(cells, regions, (line) => lines.kinds[line] === 'blank'),
    ...statements.flatMap((statement) => foldStatement(lines, statement)),
  ];
  return folds.filter(({ startLine, endLine }) => endLine > startLine);
}

function foldStatement(lines: LogicalLines, { clauses }: Statement): Fold[] {
  return clauses.flatMap(({ header, body }) => {
    const end = body.at(-1)?.endLine ?? header.endLine;
    return [
      { startLine: header.startLine, endLine: end },
      ...foldWithin(lines, header),
      ...body.flatMap((statement) => foldStatement(lines, statement)),
    ];
  });
}

/** Code nested in a multi-line statement folds by its indentation, as in VS Code's own folding. */
function foldWithin({ text, starts, ends, kinds }: LogicalLines, { startLine, endLine }: LogicalLine): Fold[] {
  const open: { readonly line: number; readonly column: number }[] = [];
  const folds: Fold[] = [];
  let last = startLine;
  const closeFrom = (column: number) => {
    for (let top = open.at(-1); top && top.column >= column; top = open.at(-1)) {
      folds.push({ startLine: top.line, endLine: last });
      open.pop();
    }
  };
  for (let line = startLine + 1; line <= endLine; line++) {
    const indent = measureIndent(text, starts[line] ?? 0, ends[line] ?? 0);
    if (kinds[line] !== 'continuation' || indent.end >= (ends[line] ?? 0)) continue;
    closeFrom(indent.column);
    open.push({ line, column: indent.column });
    last = line;
  }
  closeFrom(0);
  return folds;
}
