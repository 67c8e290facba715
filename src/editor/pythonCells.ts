import { codeOfCellIn, findCellsIn, type Cell, type CellCode, type CellOptions, type CellSource } from './cells.js';
import { logicalLinesOf, type LogicalLines } from './logicalLines.js';

/** The markers people know: `# %%` (Jupyter, Spyder), `# In[3]:` and `# <codecell>` (nbconvert), `# COMMAND ----------` (Databricks). */
const USUAL_MARKER = /^#\s*(?:%%+|In\s?\[[\d\s*]*\]:?|<(?:codecell|markdowncell)>|COMMAND -{10,})/;

/** The cells of Python source. */
export function findCells(text: string, options: CellOptions = {}): Cell[] {
  return findCellsIn(new PythonCells(logicalLinesOf(text)), options);
}

/** What a cell has to run; empty when there is no code in it. */
export function codeOfCell(
  text: string,
  cell: Pick<Cell, 'startLine' | 'endLine'>,
  options: CellOptions = {},
): CellCode {
  const lines = logicalLinesOf(text);
  const found = codeOfCellIn(new PythonCells(lines), cell, options);
  if (!found) return { code: '', firstLine: cell.startLine };
  const { startLine, endLine } = found;
  return { code: text.slice(lines.starts[startLine], lines.ends[endLine]), firstLine: startLine };
}

class PythonCells implements CellSource {
  readonly usualMarker = USUAL_MARKER;

  constructor(private readonly lines: LogicalLines) {}

  get lineCount(): number {
    return this.lines.starts.length;
  }

  get commentLines(): readonly number[] {
    return this.lines.kinds.flatMap((kind, line) => (kind === 'comment' ? line : []));
  }

  lineText(line: number): string {
    const { text, starts, ends } = this.lines;
    return text.slice(starts[line], ends[line]);
  }

  holdsCode(firstLine: number, lastLine: number): boolean {
    return this.lines.logical.some(({ startLine }) => startLine >= firstLine && startLine <= lastLine);
  }
}
