import type { SyntaxNode } from '@lezer/common';
import { outlineCellsIn, type OutlinedCell } from '../cells/cellOutline.js';
import {
  codeOfCellIn,
  findCellsIn,
  markdownOfCellIn,
  markerAtLine,
  newMarkerIn,
  type Cell,
  type CellCode,
} from '../cells/cells.js';
import type { CellMarker } from '../cells/cellMarkers.js';
import type { CellOptions, CellSource } from '../cells/cellSource.js';
import { hasOpenBracket } from './brackets.js';
import type { SourceReader } from './sourceReader.js';
import { isComment, type SourceTree } from './sourceTree.js';

const usualJavaScriptMarker = /^\/\/\s*(?:%%+|In\s?\[[\d\s*]*\]:?|COMMAND -{10,})/;

/** The cells of JavaScript or TypeScript source: a `// %%` comment at the top level starts one. */
export function findCells(reader: SourceReader, text: string, options: CellOptions): Cell[] {
  return findCellsIn(new JavaScriptCells(reader.read(text)), options);
}

/** The cells of JavaScript or TypeScript source with their names. */
export function outlineCells(
  reader: SourceReader,
  text: string,
  cells: readonly Cell[],
  options: CellOptions,
): OutlinedCell[] {
  return outlineCellsIn(new JavaScriptCells(reader.read(text)), cells, options);
}

/** The code of a cell; empty if there is none. */
export function codeOfCell(
  reader: SourceReader,
  text: string,
  cell: Pick<Cell, 'startLine' | 'endLine'>,
  options: CellOptions,
): CellCode {
  const source = reader.read(text);
  const found = codeOfCellIn(new JavaScriptCells(source), cell, options);
  if (!found) return { code: '', firstLine: cell.startLine };
  return { code: wholeLines(reader, text, found.startLine, found.endLine), firstLine: found.startLine };
}

/** The Markdown of a cell of text; empty for other cells. */
export function markdownOfCell(
  reader: SourceReader,
  text: string,
  cell: Pick<Cell, 'startLine' | 'endLine' | 'kind'>,
  options: CellOptions,
): string {
  return markdownOfCellIn(new JavaScriptCells(reader.read(text)), cell, { ...options, commentSign: '//' });
}

/** The text of lines. */
export function wholeLines(reader: SourceReader, text: string, startLine: number, lastLine?: number): string {
  const { starts, ends } = reader.read(text);
  return text.slice(starts[startLine], lastLine === undefined ? undefined : ends[lastLine]);
}

/** The marker of a new cell at the end of the file. */
export function newMarker(reader: SourceReader, text: string, options: CellOptions): string | undefined {
  return newMarkerIn(new JavaScriptCells(reader.read(text)), '// %%', options);
}

export function markerAt(
  reader: SourceReader,
  text: string,
  line: number,
  options: CellOptions,
): CellMarker | undefined {
  return markerAtLine(new JavaScriptCells(reader.read(text)), line, options);
}

class JavaScriptCells implements CellSource {
  readonly #source: SourceTree;

  readonly usualMarker = usualJavaScriptMarker;

  constructor(source: SourceTree) {
    this.#source = source;
  }

  get lineCount(): number {
    return this.#source.starts.length;
  }

  get commentLines(): readonly number[] {
    const { text, tree, starts } = this.#source;
    return starts.flatMap((start, line) => {
      if (!text.startsWith('//', start)) return [];
      const node = tree.resolveInner(start, 1);
      return node.name === 'LineComment' && node.from === start && isBetweenStatements(node) ? line : [];
    });
  }

  lineText(line: number): string {
    const { text, starts, ends } = this.#source;
    return text.slice(starts[line], ends[line]);
  }

  holdsCode(firstLine: number, lastLine: number): boolean {
    const { tree, starts, ends } = this.#source;
    const [from, to] = [starts[firstLine] ?? 0, ends[lastLine] ?? 0];
    for (let node = tree.topNode.childAfter(from); node && node.from < to; node = node.nextSibling) {
      if (node.type.is('Statement')) return true;
    }
    return false;
  }
}

/**
 * Without semicolons, a statement that starts with a bracket continues the previous one, so the comment between them is
 * inside a statement.
 */
function isBetweenStatements(comment: SyntaxNode): boolean {
  const { parent } = comment;
  if (!parent || parent.type.isTop) return true;
  let next = comment.nextSibling;
  while (next && isComment(next)) next = next.nextSibling;
  if (!next || !/^(?:ArgList|\[|TemplateString)$/.test(next.name)) return false;
  for (let node: SyntaxNode | null = parent; node; node = node.parent) {
    if (hasOpenBracket(node, comment.from)) return false;
  }
  return true;
}
