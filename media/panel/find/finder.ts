import * as l10n from '@vscode/l10n';
import { countText } from '../duration.js';
import { FindBar } from './findBar.js';
import { FindMarks, rangeOf } from './findMarks.js';
import { findPattern } from './findQuery.js';
import { mostMatches, search, type CommandText, type Match } from './search.js';
import { scrollTo } from './scrollTo.js';

/** What can be searched. */
export interface FindPlace {
  readonly node: HTMLElement;
  texts(): Iterable<CommandText>;
  /** What is no longer kept, in words; empty when all is. */
  readonly missing: string;
  /** Where the person is. */
  readonly keyHere: number | undefined;
  /** The person looks at something: leave the view there. */
  stay(): void;
  focus(): void;
}

/** Between a change of the transcript and the next search. */
const quietMs = 250;
const onMac = navigator.userAgent.includes('Mac OS');
/** What changes all the time and is not searched. */
const unsearched = '.meta, .gut, .note, .older, .follow';

/** Finds text in all commands, also where it is folded away, and goes from match to match. */
export class Finder {
  readonly #bar: FindBar;
  readonly #marks = new FindMarks();
  readonly #changes: MutationObserver;
  #matches: readonly Match[] = [];
  #current = -1;
  #running = new AbortController();
  #timer: number | undefined;
  #before: Element | null = null;
  #from: number | undefined;

  constructor(private readonly place: FindPlace) {
    this.#bar = new FindBar({
      onQuery: () => void this.#search({ move: true }),
      onStep: (backwards) => {
        this.#step(backwards);
      },
      onClose: () => {
        this.#close();
      },
    });
    this.#changes = new MutationObserver((records) => {
      if (records.some(({ target }) => isSearched(target))) this.#searchSoon();
    });
    // While it is captured: the input line's editor has keys of its own.
    document.addEventListener('keydown', (event) => this.#pressed(event), { capture: true });
  }

  get node(): HTMLElement {
    return this.#bar.node;
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
      this.#from = this.place.keyHere;
      this.#changes.observe(this.place.node, { childList: true, characterData: true, subtree: true });
    }
    this.#bar.open(selectedText());
    void this.#search({ move: true });
  }

  #close(): void {
    this.node.hidden = true;
    this.#changes.disconnect();
    this.#running.abort();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#marks.clear();
    if (this.#before instanceof HTMLElement && this.#before.isConnected && this.#before !== document.body)
      this.#before.focus({ preventScroll: true });
    else this.place.focus();
  }

  #searchSoon(): void {
    this.#timer ??= window.setTimeout(() => {
      this.#timer = undefined;
      void this.#search({ move: false });
    }, quietMs);
  }

  /** `move` goes to the first match from where the person was; else the current one stays, and the view, too. */
  async #search({ move }: { readonly move: boolean }): Promise<void> {
    this.#running.abort();
    const { signal } = (this.#running = new AbortController());
    const { query } = this.#bar;
    const pattern = findPattern(query);
    const matches = pattern ? await search(this.place.texts(), pattern, signal) : [];
    if (!matches || signal.aborted) return;
    const before = this.#matches[this.#current];
    this.#matches = matches;
    this.#current = move || !before ? this.#firstFrom(this.#from) : this.#again(before);
    this.#bar.note = pattern ? this.place.missing : '';
    this.#marks.draw(matches, matches[this.#current]);
    this.#drawCount();
    if (move) this.#show();
    if (query.text !== '' && !pattern) this.#bar.draw(l10n.t('Not a regular expression'), false);
  }

  #step(backwards: boolean): void {
    const count = this.#matches.length;
    if (count === 0) return;
    const from = this.#current < 0 && backwards ? 0 : this.#current;
    this.#current = (from + (backwards ? -1 : 1) + count) % count;
    this.#show();
  }

  /** Unfolds the current match and brings it into view; what that draws anew is searched again, and marked. */
  #show(): void {
    const match = this.#matches[this.#current];
    if (!match) return;
    this.#from = match.key;
    match.searchable.reveal();
    this.#marks.drawCurrent(match);
    this.#drawCount();
    const target = rangeOf(match) ?? match.searchable.place;
    if (scrollTo(this.place.node, target)) this.place.stay();
  }

  #drawCount(): void {
    const { length } = this.#matches;
    const all = `${countText(length)}${length === mostMatches ? '+' : ''}`;
    const isEmpty = this.#bar.query.text === '';
    const count =
      length === 0 ? (isEmpty ? '' : l10n.t('No results')) : l10n.t('{0} of {1}', countText(this.#current + 1), all);
    this.#bar.draw(count, isEmpty || length > 0);
  }

  #firstFrom(key: number | undefined): number {
    const index = key === undefined ? 0 : this.#matches.findIndex((match) => match.key >= key);
    return this.#matches.length === 0 ? -1 : Math.max(0, index);
  }

  /** The same match among new ones, or the first of its command. */
  #again({ key, searchable, from }: Match): number {
    const same = this.#matches.findIndex(
      (match) => match.key === key && match.searchable.id === searchable.id && match.from === from,
    );
    return same >= 0 ? same : this.#firstFrom(key);
  }
}

function isSearched(target: Node): boolean {
  const element = target instanceof Element ? target : target.parentElement;
  return element !== null && element.closest(unsearched) === null;
}

/** What is selected in the transcript, when it is of one line. */
function selectedText(): string {
  const selected = document.activeElement?.closest('input, textarea') ? '' : String(getSelection());
  return selected.includes('\n') ? '' : selected;
}
