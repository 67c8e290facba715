import type { Span } from '../../../src/protocol/findQuery.js';
import type { Match } from './search.js';

/** Marks matches without changing nodes of the page: the style sheet draws `::highlight(...)`. */
export class FindMarks {
  readonly #all = new Highlight();
  readonly #current = new Highlight();

  constructor() {
    this.#current.priority = 1;
    CSS.highlights.set('find-match', this.#all);
    CSS.highlights.set('find-current', this.#current);
  }

  /** Marks the matches that are drawn. */
  draw(matches: readonly Match[], current: Match | undefined): void {
    this.#all.clear();
    for (const match of matches) {
      const range = rangeOf(match);
      if (range) this.#all.add(new StaticRange(range));
    }
    this.drawCurrent(current);
  }

  drawCurrent(match: Match | undefined): void {
    this.#current.clear();
    const range = match && rangeOf(match);
    if (range) this.#current.add(new StaticRange(range));
  }

  clear(): void {
    this.#all.clear();
    this.#current.clear();
  }
}

/** The range of a match, if it is drawn. */
export function rangeOf({ searchable, from, to }: Match): Range | undefined {
  const node = searchable.node();
  return node && textRange(node, { from, to });
}

function textRange(node: Element, { from, to }: Span): Range | undefined {
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let started = false;
  for (let at = 0, text = texts.nextNode(); text instanceof Text; text = texts.nextNode()) {
    const end = at + text.length;
    if (!started && from < end) {
      range.setStart(text, from - at);
      started = true;
    }
    if (to <= end) {
      range.setEnd(text, to - at);
      return range;
    }
    at = end;
  }
  return undefined;
}
