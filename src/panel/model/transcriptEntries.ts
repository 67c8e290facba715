import type { TranscriptEntry } from './transcriptEntry.js';

export interface ModelBounds {
  readonly entries: number;
  readonly characters: number;
}

const defaultBounds: ModelBounds = { entries: 2000, characters: 8_000_000 };

/**
 * The entries of the transcript, in order. Bounded: the oldest finished entries are removed first, and removed commands
 * are counted.
 */
export class TranscriptEntries<Item extends TranscriptEntry> {
  readonly #bounds: ModelBounds;

  readonly #items = new Map<number, Item>();
  readonly #sizes = new Map<number, number>();
  #characters = 0;
  readonly #older = new Map<string, number>();

  constructor(bounds = defaultBounds) {
    this.#bounds = bounds;
  }

  /** The number of commands of a session, or of all of them, since the last clear that are no longer kept. */
  older(session?: string): number {
    if (session !== undefined) return this.#older.get(session) ?? 0;
    return [...this.#older.values()].reduce((sum, count) => sum + count, 0);
  }

  get(key: number): Item | undefined {
    return this.#items.get(key);
  }

  [Symbol.iterator](): IterableIterator<Item> {
    return this.#items.values();
  }

  /** Adds an item, or notes that it has grown. Returns whether others were removed for it. */
  put(item: Item): boolean {
    this.#items.set(item.key, item);
    this.#characters += item.characters - (this.#sizes.get(item.key) ?? 0);
    this.#sizes.set(item.key, item.characters);
    return this.#evict(item);
  }

  /**
   * Inserts older items before all others. `older` commands before them, of the session of the first one, are not kept.
   */
  prepend(items: readonly Item[], older: number): void {
    const current = [...this.#items.values()];
    this.#items.clear();
    this.#countOlder(items.find(({ session }) => session !== undefined)?.session, older);
    for (const item of [...items, ...current]) this.put(item);
  }

  /** Removes a finished entry, and returns whether there was one. */
  delete(key: number): boolean {
    const item = this.#items.get(key);
    if (!item || item.live) return false;
    this.#remove(item);
    return true;
  }

  /** Removes all finished entries of a session, and those that belong to all of them. */
  clear(session: string): void {
    for (const item of [...this]) if (!item.live && (item.session ?? session) === session) this.#remove(item);
    this.#older.delete(session);
  }

  /** Removes all entries of a session. */
  forget(session: string): void {
    for (const item of [...this]) if (item.session === session) this.#remove(item);
    this.#older.delete(session);
  }

  #evict(newest: Item): boolean {
    let evicted = false;
    for (const item of this.#items.values()) {
      if (this.#items.size <= this.#bounds.entries && this.#characters <= this.#bounds.characters) break;
      if (item === newest || item.live) continue;
      if (item.command) this.#countOlder(item.session, 1);
      this.#remove(item);
      evicted = true;
    }
    return evicted;
  }

  #countOlder(session: string | undefined, count: number): void {
    if (session !== undefined) this.#older.set(session, this.older(session) + count);
  }

  #remove(item: Item): void {
    this.#items.delete(item.key);
    this.#characters -= this.#sizes.get(item.key) ?? 0;
    this.#sizes.delete(item.key);
    item.dispose();
  }
}
