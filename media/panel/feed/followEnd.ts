import * as l10n from '@vscode/l10n';
import { currentSettings } from '../currentSettings.js';
import { element, setText } from '../element.js';
import { icon } from '../icons.js';

const NEAR_PX = 12;

/**
 * Keeps the end in view until the user scrolls up; then does not scroll, and shows how much is new below.
 *
 * While the end is followed, the browser does not adjust the position (`overflow-anchor`), and growth does not change
 * it, so a lower position that is not the end means that the user scrolled.
 */
export class FollowEnd {
  readonly #log: HTMLElement;
  readonly #onFollow: (following: boolean) => void;

  readonly node: HTMLElement;
  readonly #label = element('span');
  #following = true;
  #isDue = false;
  /** The last known scroll position. */
  #top = 0;
  #newer = 0;
  /** The height of the content when the user left the end, and whether there is more now. */
  #height = 0;
  #grew = false;

  constructor(log: HTMLElement, onFollow: (following: boolean) => void) {
    this.#log = log;
    this.#onFollow = onFollow;
    const pill = element('button', { class: 'pill', type: 'button' }, icon('arrowDown'), this.#label);
    pill.addEventListener('click', () => {
      this.follow();
    });
    this.node = element('div', { class: 'follow', hidden: true }, pill);
    log.classList.add('is-following');
    log.addEventListener('scroll', () => {
      this.#scrolled();
    });
  }

  get following(): boolean {
    return this.#following;
  }

  /** Scrolls to the end, and follows it. */
  follow(): void {
    this.#set(true);
    this.#toEnd();
  }

  /** Scrolls to the end with the next `drawn`, and follows it: until then, the page is not laid out. */
  followNext(): void {
    this.#set(true);
    this.#isDue = true;
  }

  /** The user reads above the end: stops scrolling. */
  stay(): void {
    this.#set(false);
  }

  /** Something was drawn: `added` commands are new, and `waiting` is the number of one that waits for input. */
  drawn(added: number, waiting: number | undefined): void {
    if (this.#isDue || (this.#following && currentSettings().autoScroll)) {
      this.#isDue = false;
      this.#toEnd();
      return;
    }
    const wasAtEnd = this.#following;
    if (wasAtEnd) this.#set(this.#isEndInView());
    const { scrollHeight } = this.#log;
    const isInView = this.#isEndInView();
    if (isInView) this.#grew = false;
    else if (!this.#following && (wasAtEnd || scrollHeight > this.#height)) this.#grew = true;
    this.#height = scrollHeight;
    this.#newer = isInView ? 0 : this.#newer + added;
    const asks = waiting === undefined ? undefined : l10n.t('{0} is waiting for input', waiting);
    setText(this.#label, asks ?? (this.#newer > 0 ? l10n.t('{0} new', this.#newer) : l10n.t('Scroll to end')));
    this.node.hidden = isInView || (this.#newer === 0 && asks === undefined && !this.#grew);
  }

  #scrolled(): void {
    const { scrollTop } = this.#log;
    const movedUp = scrollTop < this.#top;
    this.#top = scrollTop;
    const isEndInView = this.#isEndInView();
    if (this.#following && !movedUp && !isEndInView && currentSettings().autoScroll) this.#toEnd();
    else this.#set(isEndInView);
  }

  #toEnd(): void {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#top = this.#log.scrollTop;
  }

  #isEndInView(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.#log;
    return scrollHeight - scrollTop - clientHeight < NEAR_PX;
  }

  #set(following: boolean): void {
    if (following) {
      this.#newer = 0;
      this.#grew = false;
      this.node.hidden = true;
    } else if (this.#following) this.#height = this.#log.scrollHeight;
    this.#following = following;
    this.#log.classList.toggle('is-following', following);
    this.#onFollow(following);
  }
}
