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

/** Where in the transcript a person reads: kept with the page's state, and found again when the page is drawn anew. */
export class ReadingPlace {
  readonly #options: ReadingPlaceOptions;

  /** Where the person was, when that entry is still to come. */
  #awaited: ViewState['top'];

  constructor(options: ReadingPlaceOptions) {
    this.#options = options;
  }

  get firstInView(): Element | undefined {
    return this.#options.blocks.firstBelow(this.#top);
  }

  /** Who follows the end has no place of his own. */
  keep(following: boolean): void {
    const { state, keyOf } = this.#options;
    const first = following ? undefined : this.firstInView;
    const key = first && keyOf(first);
    state.top = first && key !== undefined ? { key, offset: this.#top - topOf(first) } : undefined;
  }

  /** To be found by `find`, now or once its entry is there. */
  await(top: ViewState['top']): void {
    this.#awaited = top;
  }

  /** Whether the awaited place is there now; it is in view then, and no longer awaited. */
  find(): boolean {
    const top = this.#awaited;
    const node = top && this.#options.nodeOf(top.key);
    if (!node) return false;
    this.#awaited = undefined;
    this.#options.leaveEnd();
    this.goTo(node, top.offset);
    return true;
  }

  /** Once more when what is around it has been laid out: until then the heights of entries at rest may be guesses. */
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
