import { TreeFragment, type Tree } from '@lezer/common';
import { parser } from '@lezer/javascript';
import { splitPhysicalLines } from '../python/physicalLines.js';
import { RecentTexts } from '../recentTexts.js';
import { changeBetween } from '../../text/textChange.js';
import { resynchronize } from './resynchronize.js';
import type { SourceTree } from './sourceTree.js';

/** As the parser names them. */
export type Dialect = 'jsx' | 'ts' | 'ts jsx';

interface Read extends SourceTree {
  /** What the parser made of the text. */
  readonly parsed: readonly TreeFragment[];
  /** What became of it where mistakes were kept from spreading. */
  readonly divided: readonly TreeFragment[];
}

/** Parses texts: of one that is a version of an earlier one, only what has changed. */
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

  /** A text that is no version of the others. */
  parseAlone(text: string): Tree {
    return this.#parser.parse(text);
  }

  /** The parser does not know the `type` in `export { type A }`. */
  #readable(text: string): string {
    if (this.#dialect === 'jsx') return text;
    return text.replace(/\bexport\s*\{[^{}]*\}/g, (group) =>
      group.replace(/(?<=[{,]\s*)type(?=\s+(?!as\b|,|\}))/g, '    '),
    );
  }
}
