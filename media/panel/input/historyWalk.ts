/** Walks through what was typed before; with something typed, through what begins with the same words. */
export class HistoryWalk {
  #entries: string[] = [];
  #draft = '';
  /** Where the walk is; at the end of the entries stands the draft. */
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

  /** The entry before `current`, or undefined when there is none. What is typed now becomes the draft to come back to. */
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

  /** The entry after `current`, at last the draft; undefined when no walk is under way. */
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
