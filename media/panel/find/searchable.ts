import type { TextBlock } from '../../../src/protocol/panelEntries.js';
import { plainLine } from '../../../src/protocol/plainLine.js';

/** A piece of text that can be searched, drawn or not. */
export interface Searchable {
  /** Unique within the command, and stable as long as the text does not change. */
  readonly id: string;
  readonly text: string;
  /** The element that it belongs to, which is always drawn but may be collapsed. */
  readonly place: Element;
  /** The element whose text starts with it, while it is drawn. */
  node(): Element | undefined;
  /** Expands what hides it. */
  reveal(): void;
}

/** The lines of a text that are kept. */
export function* searchableLines(
  { head, tail, total }: TextBlock,
  of: {
    readonly id: string;
    readonly place: Element;
    readonly node: (index: number) => Element | undefined;
    readonly reveal: (index: number) => void;
  },
): Generator<Searchable> {
  const firstOfTail = total - tail.length;
  const kept = head.length + tail.length;
  for (let at = 0; at < kept; at++) {
    const line = at < head.length ? head[at] : tail[at - head.length];
    const index = at < head.length ? at : firstOfTail + at - head.length;
    if (line === undefined || line === '') continue;
    yield {
      id: `${of.id}.${String(index)}`,
      text: plainLine(line),
      place: of.place,
      node: () => of.node(index),
      reveal: () => {
        of.reveal(index);
      },
    };
  }
}

/** The text blocks below a node. */
export function* searchableNodes(
  root: ParentNode,
  of: { readonly id: string; readonly place: Element; readonly reveal?: (block: Element) => void },
): Generator<Searchable> {
  let last: Element | undefined;
  let count = 0;
  for (const block of root.querySelectorAll('*')) {
    if (last?.contains(block) || block instanceof HTMLStyleElement || !hasOwnText(block)) continue;
    last = block;
    yield {
      id: `${of.id}.n${String(count++)}`,
      text: block.textContent,
      place: of.place,
      node: () => block,
      reveal: () => {
        of.reveal?.(block);
      },
    };
  }
}

function hasOwnText(block: Element): boolean {
  return [...block.childNodes].some((child) => child instanceof Text && child.data.trim() !== '');
}
