import type { FeedBlocks } from './feedBlocks.js';
import type { ViewState } from '../viewState.js';

export interface ReadingPlaceOptions {
  readonly log: HTMLElement;
  readonly blocks: FeedBlocks;
  readonly state: ViewState;
  readonly keyOf: (node: Element) => number | undefined;
  readonly nodeOf: (key: number) => HTMLElement | undefined;
  /** The end is no longer to be kept in view. */
  readonly leaveEnd: () => void;
}

/**
 * The user's reading position in the transcript: kept in the page's state, and restored when the page is drawn again.
 */
export class ReadingPlace {
  readonly #options: ReadingPlaceOptions;

  /** The position, if its entry has not arrived yet. */
  #awaited: ViewState['top'];

  constructor(options: ReadingPlaceOptions) {
    this.#options = options;
  }

  get firstInView(): Element | undefined {
    return this.#options.blocks.firstBelow(this.#top);
  }

  /** Saves the position, unless the view follows the end. */
  keep(following: boolean): void {
    const { state, keyOf } = this.#options;
    const first = following ? undefined : this.firstInView;
    const key = first && keyOf(first);
    state.top = first && key !== undefined ? { key, offset: this.#top - topOf(first) } : undefined;
  }

  /** Sets the position for `find`, which might have to wait for the entry. */
  await(top: ViewState['top']): void {
    this.#awaited = top;
  }

  /** Scrolls to the awaited position, and returns whether its entry has arrived. */
  find(): boolean {
    const top = this.#awaited;
    const node = top && this.#options.nodeOf(top.key);
    if (!node) return false;
    this.#awaited = undefined;
    this.#options.leaveEnd();
    this.goTo(node, top.offset);
    return true;
  }

  /**
   * Scrolls again after the surroundings have been laid out: until then, the heights of entries outside the view may be
   * estimates.
   */
  goTo(node: HTMLElement, offset = 0): void {
    const go = (): void => {
      this.#options.log.scrollTop += topOf(node) + offset - this.#top;
    };
    go();
    requestAnimationFrame(() => requestAnimationFrame(go));
  }

  get #top(): number {
    return topOf(this.#options.log);
  }
}

function topOf(element: Element): number {
  return element.getBoundingClientRect().top;
}
