import * as l10n from '@vscode/l10n';
import type { Entry } from '../../../src/protocol/panelEntries.js';
import type { CommandView } from '../command/commandView.js';
import { element } from '../element.js';
import { TimeSlice } from '../timeSlice.js';
import type { EntryView } from './entryView.js';
import { FeedBlocks } from './feedBlocks.js';

/** The views of the entries, by key and by node, in the feed. */
export class FeedEntries {
  readonly #create: (entry: Entry) => EntryView;

  readonly node = element('div', { class: 'feed', role: 'feed', 'aria-label': l10n.t('Commands'), hidden: true });
  readonly blocks = new FeedBlocks(this.node);
  readonly #views = new Map<number, EntryView>();
  readonly #keyOf = new WeakMap<Element, number>();
  /** The positions of the first and the last entry in the feed, counting from 1. */
  #first = 1;
  #last = 0;

  constructor(create: (entry: Entry) => EntryView) {
    this.#create = create;
  }

  get size(): number {
    return this.#views.size;
  }

  get(key: number | undefined): EntryView | undefined {
    return key === undefined ? undefined : this.#views.get(key);
  }

  command(key: number | undefined): CommandView | undefined {
    const view = this.get(key);
    return view?.type === 'command' ? view : undefined;
  }

  *commands(): Generator<CommandView> {
    for (const view of this.#views.values()) if (view.type === 'command') yield view;
  }

  keyOf(node: Element): number | undefined {
    return this.#keyOf.get(node);
  }

  viewOf(node: Element | undefined): EntryView | undefined {
    return node && this.get(this.#keyOf.get(node));
  }

  add(entry: Entry): EntryView {
    const view = this.#create(entry);
    this.append(view);
    return view;
  }

  /** Creates views for `append`, in several tasks. */
  async prepare(entries: readonly Entry[]): Promise<EntryView[]> {
    const slice = new TimeSlice();
    const views: EntryView[] = [];
    for (const entry of entries) {
      await slice.pause();
      views.push(this.#create(entry));
    }
    await slice.end();
    return views;
  }

  append(view: EntryView): void {
    this.#place(view, ++this.#last);
    this.blocks.append(view.node);
    this.node.hidden = false;
  }

  /** Inserts entries before all others. */
  prepend(entries: readonly Entry[]): void {
    const later = [...this.#views];
    this.#views.clear();
    this.#first -= entries.length;
    const nodes = entries.map((entry, index) => this.#place(this.#create(entry), this.#first + index).node);
    for (const [key, view] of later) this.#views.set(key, view);
    this.blocks.prepend(nodes);
  }

  /** If the entry had the focus, its neighbor gets it. */
  remove(key: number): void {
    const view = this.#views.get(key);
    if (!view) return;
    const hadFocus = view.node.contains(document.activeElement);
    const next = this.blocks.next(view.node) ?? this.blocks.previous(view.node);
    this.#drop(key, view);
    if (hadFocus && next instanceof HTMLElement) next.focus();
  }

  removeBefore(key: number): void {
    for (const [older, view] of this.#views) {
      if (older >= key) break;
      this.#drop(older, view);
    }
  }

  /** Removes all entries. The next one is at the position after `earlier` others that have not arrived yet. */
  clear(earlier: number): void {
    this.blocks.clear();
    this.#views.clear();
    this.node.hidden = true;
    this.#last = earlier;
    this.#first = earlier + 1;
  }

  #place(view: EntryView, position: number): EntryView {
    view.node.setAttribute('aria-posinset', String(position));
    view.node.setAttribute('aria-setsize', '-1');
    this.#views.set(view.key, view);
    this.#keyOf.set(view.node, view.key);
    return view;
  }

  #drop(key: number, view: EntryView): void {
    this.blocks.remove(view.node);
    this.#views.delete(key);
    this.node.hidden = this.size === 0;
  }
}
