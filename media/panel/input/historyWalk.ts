/** Steps through the history; if something has been typed, through the entries that start with it. */
export class HistoryWalk {
  #entries: string[] = [];
  #draft = '';
  /** The current position; the draft comes after the last entry. */
  #at: number | undefined;

  /** Oldest first. */
  set entries(entries: readonly string[]) {
    this.#entries = [...entries];
    this.#at = undefined;
  }

  get entries(): readonly string[] {
    return this.#entries;
  }

  add(entry: string): void {
    this.entries = [...this.#entries.filter((other) => other !== entry), entry];
  }

  /** The entry before `current`, or undefined if there is none. What is typed now becomes the draft to return to. */
  older(current: string): string | undefined {
    if (this.#at === undefined || current !== this.#shown(this.#at)) {
      this.#draft = current;
      this.#at = this.#entries.length;
    }
    const found = this.#entries.findLastIndex((entry, index) => index < (this.#at ?? 0) && this.#fits(entry));
    if (found < 0) return undefined;
    this.#at = found;
    return this.#entries[found];
  }

  /** The entry after `current`, and finally the draft; undefined if no walk is in progress. */
  newer(current: string): string | undefined {
    const at = this.#at;
    if (at === undefined || at === this.#entries.length || current !== this.#shown(at)) return undefined;
    const found = this.#entries.findIndex((entry, index) => index > at && this.#fits(entry));
    this.#at = found < 0 ? this.#entries.length : found;
    return this.#shown(this.#at);
  }

  #fits(entry: string): boolean {
    return entry.startsWith(this.#draft) && entry !== this.#draft;
  }

  #shown(at: number): string {
    return this.#entries[at] ?? this.#draft;
  }
}
