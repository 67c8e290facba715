import { TreeFragment, type Tree } from '@lezer/common';
import { parser } from '@lezer/javascript';
import { splitPhysicalLines } from '../python/physicalLines.js';
import { RecentTexts } from '../recentTexts.js';
import { changeBetween } from '../../text/textChange.js';
import { resynchronize } from './resynchronize.js';
import type { SourceTree } from './sourceTree.js';

/** The parser's names for dialects. */
export type Dialect = 'jsx' | 'ts' | 'ts jsx';

interface Read extends SourceTree {
  /** The result of the parser for the text. */
  readonly parsed: readonly TreeFragment[];
  /** The result after errors were prevented from spreading. */
  readonly divided: readonly TreeFragment[];
}

/** Parses texts. For a new version of an earlier text, only the changes are parsed. */
export class SourceReader {
  readonly #parser;
  readonly #dialect: Dialect;

  readonly #recent = new RecentTexts<Read>();

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
    this.#parser = parser.configure({ dialect });
  }

  read(text: string): SourceTree {
    return this.#recent.get(text, (_, earlier) => {
      const changes = earlier ? [changeBetween(earlier.text, text)] : [];
      const kept = TreeFragment.applyChanges(earlier?.parsed ?? [], changes);
      const parse = (part: string, known: readonly TreeFragment[]) => this.#parser.parse(this.#readable(part), known);
      const parsed = parse(text, kept);
      const source = { ...splitPhysicalLines(text), tree: parsed };
      const tree = resynchronize(source, parse, TreeFragment.applyChanges(earlier?.divided ?? [], changes));
      return {
        ...source,
        tree,
        parsed: TreeFragment.addTree(parsed, kept),
        divided: TreeFragment.addTree(tree),
      };
    });
  }

  /** Parses a text that is not a version of another one. */
  parseAlone(text: string): Tree {
    return this.#parser.parse(text);
  }

  /** The parser does not support `type` in `export { type A }`. */
  #readable(text: string): string {
    if (this.#dialect === 'jsx') return text;
    return text.replace(/\bexport\s*\{[^{}]*\}/g, (group) =>
      group.replace(/([{,]\s*)type(?=\s+(?!as\b|,|\}))/g, '$1    '),
    );
  }
}
