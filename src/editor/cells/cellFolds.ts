import type { Cell } from './cells.js';

/** Lines that fold into the first of them. Lines count from 0, both ends included. */
export interface Fold {
  readonly startLine: number;
  readonly endLine: number;
  readonly isRegion?: true;
}

/** Patterns for the start and end of regions; VS Code's built-in folding of each language has such a pair. */
export interface RegionMarks {
  readonly begin: RegExp;
  readonly end: RegExp;
}

/** The regions that comments, in line order, start and end. Regions can be nested. */
export function findRegions(
  comments: readonly { readonly line: number; readonly text: string }[],
  { begin, end }: RegionMarks,
): Fold[] {
  const open: number[] = [];
  const regions: Fold[] = [];
  for (const { line, text } of comments) {
    if (begin.test(text)) open.push(line);
    const startLine = end.test(text) ? open.pop() : undefined;
    if (startLine !== undefined) regions.push({ startLine, endLine: line, isRegion: true });
  }
  return regions;
}

/**
 * Folds cells up to their last line with text. A cell does not fold if a region overlaps it without being inside it.
 */
export function foldCells(
  cells: readonly Cell[],
  regions: readonly Fold[],
  isBlank: (line: number) => boolean,
): Fold[] {
  return cells
    .map(({ startLine, endLine }) => ({ startLine, endLine: lastLineWithText(endLine, isBlank) }))
    .filter((cell) => !regions.some((region) => overlapsPartly(cell, region)));
}

function lastLineWithText(endLine: number, isBlank: (line: number) => boolean): number {
  let line = endLine;
  while (line > 0 && isBlank(line)) line--;
  return line;
}

function overlapsPartly(a: Fold, b: Fold): boolean {
  const [first, second] = a.startLine <= b.startLine ? [a, b] : [b, a];
  return second.startLine <= first.endLine && second.endLine > first.endLine && second.startLine > first.startLine;
}
