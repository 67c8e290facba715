import * as l10n from '@vscode/l10n';
import { findPattern } from '../../../src/protocol/findQuery.js';
import { MOST_ELSEWHERE, type FoundElsewhere, type Intent } from '../../../src/protocol/panel.js';
import { countText } from '../amounts.js';
import { HostMatches } from './hostMatches.js';
import { FindBar, type FindNote } from './findBar.js';
import { FindMarks, rangeOf } from './findMarks.js';
import { MOST_MATCHES, search, type CommandText, type Found, type Match } from './search.js';
import { searchByExpression } from './searchByExpression.js';
import { scrollTo } from './scrollTo.js';

/** The content that can be searched. */
export interface FindPlace {
  readonly node: HTMLElement;
  texts(): Iterable<CommandText>;
  /**
   * Describes what cannot be found because it is not kept; empty if nothing is missing. The host keeps the output of
   * commands from `since` on.
   */
  missing(since?: number): string;
  /** The number of a command for the user. */
  numberOf(key: number): number | undefined;
  /** The key of the entry where the user is. */
  readonly keyHere: number | undefined;
  /** Stops scrolling while the user looks at something. */
  stay(): void;
  focus(): void;
}

const nothing: Found = { matches: [], isAll: true };
/** The time between a change of the transcript and the next search. */
const QUIET_MS = 250;
const onMac = navigator.userAgent.includes('Mac OS');
/** Parts that change all the time and are not searched. */
const UNSEARCHED = '.meta, .gut, .note, .older, .follow';

/** Finds text in all commands, including collapsed parts, and moves between matches. */
export class Finder {
  readonly #bar: FindBar;
  readonly #place: FindPlace;

  readonly #marks = new FindMarks();
  readonly #changes: MutationObserver;
  readonly #elsewhere: HostMatches;
  #matches: readonly Match[] = [];
  #isAll = true;
  #current = -1;
  #running = new AbortController();
  #isSearching = false;
  /** Whether something has changed since the last search. */
  #isStale = false;
  #timer: number | undefined;
  #before: Element | null = null;
  #from: number | undefined;

  constructor(place: FindPlace, send: (intent: Intent) => void) {
    this.#place = place;
    this.#elsewhere = new HostMatches(send, () => {
      this.#drawElsewhere();
    });
    this.#bar = new FindBar({
      onQuery: () => void this.#search({ move: true }),
      onStep: (backwards) => {
        this.#step(backwards);
      },
      onClose: () => {
        this.#close();
      },
      onElsewhere: () => {
        this.#elsewhere.openNext();
        this.#drawElsewhere();
      },
    });
    this.#changes = new MutationObserver((records) => {
      if (records.some(({ target }) => isSearched(target))) this.#searchSoon();
    });
    // In the capture phase, because the input line's editor has its own keys.
    document.addEventListener('keydown', (event) => this.#pressed(event), { capture: true });
  }

  get node(): HTMLElement {
    return this.#bar.node;
  }

  /** Receives the host's matches. */
  receive(found: FoundElsewhere): void {
    this.#elsewhere.receive(found);
  }

  #pressed(event: KeyboardEvent): void {
    const { key, shiftKey, altKey } = event;
    const command = onMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
    const finds = key.toLowerCase() === 'f' && command && !shiftKey && !altKey;
    if ((!finds && key !== 'F3') || document.querySelector('dialog[open]')) return;
    if (finds || this.node.hidden) this.#open();
    else this.#step(shiftKey);
    event.preventDefault();
    event.stopPropagation();
  }

  #open(): void {
    if (this.node.hidden) {
      this.#before = document.activeElement;
      this.#from = this.#place.keyHere;
      this.#changes.observe(this.#place.node, { childList: true, characterData: true, subtree: true });
    }
    this.#bar.open(selectedText());
    void this.#search({ move: true });
  }

  #close(): void {
    this.node.hidden = true;
    this.#changes.disconnect();
    this.#running.abort();
    this.#isSearching = this.#isStale = false;
    this.#elsewhere.stop();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#marks.clear();
    if (this.#before instanceof HTMLElement && this.#before.isConnected && this.#before !== document.body)
      this.#before.focus({ preventScroll: true });
    else this.#place.focus();
  }

  /** Lets a running search finish first: while output keeps arriving, none would ever finish otherwise. */
  #searchSoon(): void {
    this.#isStale = true;
    this.#timer ??= window.setTimeout(() => {
      this.#timer = undefined;
      if (this.#isSearching) return;
      this.#isStale = false;
      void this.#search({ move: false });
    }, QUIET_MS);
  }

  /**
   * `move` goes to the first match from the user's position; otherwise, the current match and the view do not change.
   */
  async #search({ move }: { readonly move: boolean }): Promise<void> {
    this.#running.abort();
    const { signal } = (this.#running = new AbortController());
    this.#isSearching = true;
    const { query } = this.#bar;
    const pattern = findPattern(query);
    if (pattern && this.#place.missing() !== '') this.#elsewhere.ask(query, { again: !move });
    else this.#elsewhere.stop();
    const searchAll = query.regex ? searchByExpression : search;
    const found = pattern ? await searchAll(this.#place.texts(), pattern, signal) : nothing;
    if (!found || signal.aborted) return;
    this.#isSearching = false;
    if (this.#isStale) this.#searchSoon();
    const before = this.#matches[this.#current];
    const { matches } = found;
    this.#matches = matches;
    this.#isAll = found.isAll;
    this.#current = move || !before ? this.#firstFrom(this.#from) : this.#again(before);
    this.#marks.draw(matches, matches[this.#current]);
    this.#drawElsewhere();
    if (move) this.#show();
    if (query.text !== '' && !pattern) this.#bar.draw(l10n.t('Invalid regular expression'), false);
  }

  #step(backwards: boolean): void {
    const count = this.#matches.length;
    if (count === 0) return;
    const from = this.#current < 0 && backwards ? 0 : this.#current;
    this.#current = (from + (backwards ? -1 : 1) + count) % count;
    this.#show();
  }

  /** Expands and reveals the current match. What is drawn for this is searched and marked again. */
  #show(): void {
    const match = this.#matches[this.#current];
    if (!match) return;
    this.#from = match.key;
    match.searchable.reveal();
    this.#marks.drawCurrent(match);
    this.#drawCount();
    const target = rangeOf(match) ?? match.searchable.place;
    if (scrollTo(this.#place.node, target)) this.#place.stay();
  }

  #drawCount(): void {
    const { length } = this.#matches;
    const all = `${countText(length)}${length === MOST_MATCHES ? '+' : ''}`;
    const isEmpty = this.#bar.query.text === '';
    const isElsewhere = this.#elsewhere.next !== undefined;
    const none = isElsewhere ? l10n.t('No results here') : l10n.t('No results');
    const count = length === 0 ? (isEmpty ? '' : none) : l10n.t('{0} of {1}', countText(this.#current + 1), all);
    this.#bar.draw(count, isEmpty || length > 0 || isElsewhere);
  }

  #drawElsewhere(): void {
    this.#bar.note = this.#note;
    this.#drawCount();
  }

  get #note(): FindNote {
    const { found, next } = this.#elsewhere;
    const tooLong = l10n.t('The search took too long; some of the output was not searched');
    if (!found) return { elsewhere: '', next: '', unsearched: this.#isAll ? '' : tooLong };
    const total = found.commands.reduce((sum, { count }) => sum + count, 0);
    const count = `${countText(total)}${found.isAll ? '' : '+'}`;
    const more =
      this.#matches.length > 0
        ? l10n.t('{0} more in output that is not shown', count)
        : l10n.t('{0} in output that is not shown', count);
    const isDone = this.#isAll && (found.isAll || total >= MOST_ELSEWHERE);
    const number = next && this.#place.numberOf(next.key);
    return {
      elsewhere: next ? more : '',
      next: number === undefined ? '' : l10n.t('Open full output of command {0}', number),
      unsearched: isDone ? this.#place.missing(found.since) : tooLong,
    };
  }

  #firstFrom(key: number | undefined): number {
    const index = key === undefined ? 0 : this.#matches.findIndex((match) => match.key >= key);
    return this.#matches.length === 0 ? -1 : Math.max(0, index);
  }

  /** The same match among new ones, or the first one of its command. */
  #again({ key, searchable, from }: Match): number {
    const same = this.#matches.findIndex(
      (match) => match.key === key && match.searchable.id === searchable.id && match.from === from,
    );
    return same >= 0 ? same : this.#firstFrom(key);
  }
}

function isSearched(target: Node): boolean {
  const element = target instanceof Element ? target : target.parentElement;
  return element?.closest(UNSEARCHED) === null;
}

/** The text selected in the transcript, if it is on one line. */
function selectedText(): string {
  const selected = document.activeElement?.closest('input, textarea') ? '' : String(getSelection());
  return selected.includes('\n') ? '' : selected;
}
