import { TreeFragment, type SyntaxNode, type Tree } from '@lezer/common';
import { parser } from '@lezer/javascript';
import { lineAt, splitPhysicalLines, type PhysicalLines } from '../physicalLines.js';
import { changeBetween } from '../textChange.js';

/** A text with its lines and its syntax, which is there however many mistakes the text has. */
export interface SourceTree extends PhysicalLines {
  readonly tree: Tree;
}

/** As the parser names them. */
export type Dialect = 'jsx' | 'ts' | 'ts jsx';

/** Parses texts that are versions of one another: what has not changed since the last one is not parsed again. */
export class SourceReader {
  private readonly parser;
  private latest: SourceTree | undefined;
  private fragments: readonly TreeFragment[] = [];

  constructor(dialect: Dialect) {
    this.parser = parser.configure({ dialect });
  }

  read(text: string): SourceTree {
    if (this.latest?.text === text) return this.latest;
    const change = this.latest && changeBetween(this.latest.text, text);
    const kept = change ? TreeFragment.applyChanges(this.fragments, [change]) : [];
    const tree = this.parser.parse(text, kept);
    this.fragments = TreeFragment.addTree(tree, kept);
    this.latest = { ...splitPhysicalLines(text), tree };
    return this.latest;
  }

  /** A text that is no version of the others. */
  parseAlone(text: string): Tree {
    return this.parser.parse(text);
  }
}

/** The lines on which a piece of syntax begins and ends. */
export function linesOf(source: SourceTree, { from, to }: { from: number; to: number }): [number, number] {
  return [lineAt(source, from), lineAt(source, to)];
}

export function isComment({ name }: SyntaxNode): boolean {
  return name === 'LineComment' || name === 'BlockComment' || name === 'Hashbang';
}
