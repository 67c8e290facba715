import { element } from '../element.js';
import { firstBelow } from './firstBelow.js';

const BLOCK_SIZE = 20;
/** The number of blocks at the end that are always laid out, so that the position of the end is exact. */
const AWAKE = 3;

/**
 * The entries of the feed, in blocks. Entries outside the view cost no layout, and drawing a frame involves a hundred
 * blocks instead of thousands of entries.
 */
export class FeedBlocks {
  readonly #feed: HTMLElement;

  constructor(feed: HTMLElement) {
    this.#feed = feed;
  }

  get first(): Element | null {
    return this.#feed.firstElementChild?.firstElementChild ?? null;
  }

  get last(): Element | null {
    return this.#feed.lastElementChild?.lastElementChild ?? null;
  }

  next(entry: Element): Element | null {
    return entry.nextElementSibling ?? entry.parentElement?.nextElementSibling?.firstElementChild ?? null;
  }

  previous(entry: Element): Element | null {
    return entry.previousElementSibling ?? entry.parentElement?.previousElementSibling?.lastElementChild ?? null;
  }

  /** The first entry that ends below a position in the window. */
  firstBelow(top: number): Element | undefined {
    const block = firstBelow(this.#feed.children, top);
    return block && firstBelow(block.children, top);
  }

  append(entry: HTMLElement): void {
    const { lastElementChild: last, children } = this.#feed;
    if (last && last.childElementCount < BLOCK_SIZE) last.append(entry);
    else {
      children[children.length - AWAKE]?.classList.add('is-resting');
      this.#feed.append(element('div', { class: 'block' }, entry));
    }
  }

  /** Inserts entries before all others, outside the view. */
  prepend(entries: readonly HTMLElement[]): void {
    for (let end = entries.length; end > 0; end -= BLOCK_SIZE) {
      const block = entries.slice(Math.max(0, end - BLOCK_SIZE), end);
      this.#feed.prepend(element('div', { class: 'block is-resting' }, ...block));
    }
  }

  remove(entry: HTMLElement): void {
    const block = entry.parentElement;
    entry.remove();
    if (block?.childElementCount === 0) block.remove();
  }

  clear(): void {
    this.#feed.replaceChildren();
  }
}
