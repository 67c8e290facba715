import { findRegions, foldCells, type Fold } from '../cells/cellFolds.js';
import type { Cell } from '../cells/cells.js';
import { hasOpenBracket } from './brackets.js';
import type { SourceReader } from './sourceReader.js';
import { isComment, linesOf } from './sourceTree.js';

const regionComments = { begin: /^\s*\/\/\s*#?region\b/, end: /^\s*\/\/\s*#?endregion\b/ };
const openingBrackets = new Set(['(', '[', '{']);

/**
 * The folding ranges of a JavaScript or TypeScript file: cells, regions and brackets. VS Code's own folding provides
 * the last two as well and ignores duplicates, but it may be disabled, and then nothing else would provide them.
 */
export function findFolds(reader: SourceReader, text: string, cells: readonly Cell[]): Fold[] {
  const source = reader.read(text);
  const comments: { line: number; text: string }[] = [];
  const folds: Fold[] = [];
  source.tree.iterate({
    enter: (reference) => {
      const [startLine, endLine] = linesOf(source, reference);
      if (reference.name === 'LineComment') {
        comments.push({ line: startLine, text: text.slice(source.starts[startLine], source.ends[startLine]) });
      }
      if (startLine === endLine) return reference.type.isTop;
      const { node } = reference;
      if (isComment(node) || node.name === 'TemplateString') folds.push({ startLine, endLine });
      // The line with the closing bracket stays visible.
      const isInBrackets = openingBrackets.has(node.firstChild?.name ?? '') && !hasOpenBracket(node);
      if (isInBrackets) folds.push({ startLine, endLine: endLine - 1 });
      return true;
    },
  });
  const regions = findRegions(comments, regionComments);
  const isBlank = (line: number) => text.slice(source.starts[line], source.ends[line]).trim() === '';
  return [...regions, ...foldCells(cells, regions, isBlank), ...folds].filter(
    ({ startLine, endLine }) => endLine > startLine,
  );
}
