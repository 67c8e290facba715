import { TreeFragment, type Tree } from '@lezer/common';
import { parser } from '@lezer/javascript';
import { splitPhysicalLines } from '../physicalLines.js';
import { RecentTexts } from '../recentTexts.js';
import { changeBetween } from '../textChange.js';
import { resynchronize } from './resynchronize.js';
import type { SourceTree } from './sourceTree.js';

/** As the parser names them. */
export type Dialect = 'jsx' | 'ts' | 'ts jsx';

interface Read extends SourceTree {
  readonly fragments: readonly TreeFragment[];
}

/** Parses texts: of one that is a version of an earlier one, only what has changed. */
export class SourceReader {
  private readonly parser;
  private readonly recent = new RecentTexts<Read>();

  constructor(private readonly dialect: Dialect) {
    this.parser = parser.configure({ dialect });
  }

  read(text: string): SourceTree {
    return this.recent.get(text, (_, earlier) => {
      const change = earlier && changeBetween(earlier.text, text);
      const kept = change ? TreeFragment.applyChanges(earlier.fragments, [change]) : [];
      const lines = splitPhysicalLines(text);
      const parsed = this.parser.parse(this.readable(text), kept);
      const fragments = TreeFragment.addTree(parsed, kept);
      const tree = resynchronize({ ...lines, tree: parsed }, (part, known) =>
        this.parser.parse(this.readable(part), known),
      );
      return { ...lines, tree, fragments };
    });
  }

  /** A text that is no version of the others. */
  parseAlone(text: string): Tree {
    return this.parser.parse(text);
  }

  /** The parser does not know the `type` in `export { type A }`. */
  private readable(text: string): string {
    if (this.dialect === 'jsx') return text;
    return text.replace(/\bexport\s*\{[^{}]*\}/g, (group) =>
      group.replace(/(?<=[{,]\s*)type(?=\s+(?!as\b|,|\}))/g, '    '),
    );
  }
}
