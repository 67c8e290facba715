import type { ActOn, PageAction } from '../command/commandActions.js';
import type { EntryView } from './entryView.js';
import type { FeedEntries } from './feedEntries.js';

export interface FeedKeysOptions {
  readonly entries: FeedEntries;
  readonly onFocus: (view: EntryView | undefined) => void;
  readonly actOn: ActOn;
  /** Moves on past the last entry. */
  readonly onLeave: () => void;
}

/** The keys as in `event.key`: a capital letter means Shift. */
const keys: Readonly<Record<string, PageAction>> = {
  c: 'copySource',
  C: 'copyOutput',
  m: 'copyMarkdown',
  r: 'runAgain',
  d: 'debugError',
  g: 'goToSource',
  i: 'toggleInput',
  o: 'toggleOutputs',
  Delete: 'delete',
  ArrowLeft: 'collapse',
  ArrowRight: 'expand',
};

/**
 * Keyboard handling in the feed: one entry is the tab stop; arrow keys move between entries and collapse them, letters
 * run actions.
 */
export class FeedKeys {
  #stop: Element | undefined;
  readonly #options: FeedKeysOptions;

  constructor(options: FeedKeysOptions) {
    this.#options = options;
    const { node: feed } = options.entries;
    feed.addEventListener('keydown', (event) => {
      if (!event.defaultPrevented && this.#pressed(event)) event.preventDefault();
    });
    feed.addEventListener('focusin', ({ target }) => {
      const node = target instanceof Element ? entryNode(target) : null;
      if (node) this.makeStop(node);
      options.onFocus(node ? options.entries.viewOf(node) : undefined);
    });
    feed.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Element && feed.contains(relatedTarget))) options.onFocus(undefined);
    });
  }

  /** Makes an entry the one that Tab reaches. */
  makeStop(node: Element): void {
    if (node === this.#stop && node.isConnected) return;
    this.#stop?.setAttribute('tabindex', '-1');
    this.#stop = node;
    node.setAttribute('tabindex', '0');
  }

  /** Whether Tab reaches an entry. */
  get hasStop(): boolean {
    return this.#stop?.isConnected ?? false;
  }

  isStopInView(log: Element): boolean {
    const [place, view] = [this.#stop?.getBoundingClientRect(), log.getBoundingClientRect()];
    return this.hasStop && place !== undefined && place.bottom > view.top && place.top < view.bottom;
  }

  focus(): void {
    if (this.#stop instanceof HTMLElement) this.#stop.focus({ preventScroll: true });
  }

  #pressed(event: KeyboardEvent): boolean {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return false;
    const node = entryNode(target);
    if (!node) return false;
    if (key === 'Escape' && target !== node) {
      node.focus();
      return true;
    }
    const { blocks } = this.#options.entries;
    if (key === 'ArrowUp') return focusOn(blocks.previous(node));
    if (key === 'ArrowDown') {
      const next = blocks.next(node);
      if (!next) this.#options.onLeave();
      return focusOn(next);
    }
    if (target !== node) return false;
    if (key === 'Home' || key === 'End') return focusOn(key === 'Home' ? blocks.first : blocks.last);
    if (key === 'Enter') return focusOn(node.querySelector('.out button, .notice vscode-button, .do > *'));
    const view = this.#options.entries.viewOf(node);
    const action = keys[key];
    if (view?.type !== 'command' || !action) return false;
    this.#options.actOn(view, action);
    return true;
  }
}

function entryNode(target: Element): HTMLElement | null {
  return target.closest<HTMLElement>('article');
}

function focusOn(target: Element | null): boolean {
  if (target instanceof HTMLElement) target.focus();
  return true;
}
