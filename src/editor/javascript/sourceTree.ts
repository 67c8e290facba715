import type { SyntaxNode, Tree } from '@lezer/common';
import { lineAt, type PhysicalLines } from '../python/physicalLines.js';

/** A text with its lines and its syntax, which is there however many mistakes the text has. */
export interface SourceTree extends PhysicalLines {
  readonly tree: Tree;
}

/** The lines on which a piece of syntax begins and ends. */
export function linesOf(source: SourceTree, { from, to }: { from: number; to: number }): [number, number] {
  return [lineAt(source, from), lineAt(source, to)];
}

export function isComment({ name }: SyntaxNode): boolean {
  return name === 'LineComment' || name === 'BlockComment' || name === 'Hashbang';
}
