import type { SyntaxNode, Tree } from '@lezer/common';
import { lineAt, type PhysicalLines } from '../python/physicalLines.js';

/** A text with its lines and its syntax tree, which exists even if the text has syntax errors. */
export interface SourceTree extends PhysicalLines {
  readonly tree: Tree;
}

/** The first and last line of a syntax node. */
export function linesOf(source: SourceTree, { from, to }: { from: number; to: number }): [number, number] {
  return [lineAt(source, from), lineAt(source, to)];
}

export function isComment({ name }: SyntaxNode): boolean {
  return name === 'LineComment' || name === 'BlockComment' || name === 'Hashbang';
}
