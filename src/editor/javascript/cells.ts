import { codeOfCellIn, findCellsIn, type Cell, type CellCode, type CellOptions, type CellSource } from '../cells.js';
import { linesOf, type SourceReader, type SourceTree } from './sourceTree.js';

const USUAL_MARKER = /^\/\/\s*(?:%%+|In\s?\[[\d\s*]*\]:?|COMMAND -{10,})/;

/** The cells of JavaScript or TypeScript source: `// %%` begins one, at the top level. */
export function findCells(reader: SourceReader, text: string, options: CellOptions): Cell[] {
  return findCellsIn(new JavaScriptCells(reader.read(text)), options);
}

/** What a cell has to run; empty when there is no code in it. */
export function codeOfCell(
  reader: SourceReader,
  text: string,
  cell: Pick<Cell, 'startLine' | 'endLine'>,
  options: CellOptions,
): CellCode {
  const source = reader.read(text);
  const found = codeOfCellIn(new JavaScriptCells(source), cell, options);
  if (!found) return { code: '', firstLine: cell.startLine };
  const { startLine, endLine } = found;
  return { code: text.slice(source.starts[startLine], source.ends[endLine]), firstLine: startLine };
}

class JavaScriptCells implements CellSource {
  readonly usualMarker = USUAL_MARKER;

  constructor(private readonly source: SourceTree) {}

  get lineCount(): number {
    return this.source.starts.length;
  }

  get commentLines(): readonly number[] {
    const comments = this.source.tree.topNode.getChildren('LineComment');
    return comments.flatMap((comment) => {
      const [line] = linesOf(this.source, comment);
      return this.source.starts[line] === comment.from ? line : [];
    });
  }

  lineText(line: number): string {
    const { text, starts, ends } = this.source;
    return text.slice(starts[line], ends[line]);
  }

  holdsCode(firstLine: number, lastLine: number): boolean {
    const { tree, starts, ends } = this.source;
    const [from, to] = [starts[firstLine] ?? 0, ends[lastLine] ?? 0];
    for (let node = tree.topNode.childAfter(from); node && node.from < to; node = node.nextSibling) {
      if (node.type.is('Statement')) return true;
    }
    return false;
  }
}
