/** Where columns are, in pixels from the first one. */
export class ColumnLayout {
  readonly count: number;
  readonly #widths: Float64Array;
  readonly #ends: Float64Array;
  readonly #hidden = new Set<number>();
  #pinned: readonly number[] = [];
  /** The ends of the columns before this one are known. */
  #known = 0;

  constructor(count: number, width: number) {
    this.count = count;
    this.#widths = new Float64Array(count).fill(width);
    this.#ends = new Float64Array(count);
  }

  get total(): number {
    return this.#endOf(this.count - 1);
  }

  /** Among the columns that scroll: 0 for one that is hidden or pinned. */
  width(column: number): number {
    return this.#pinned.includes(column) ? 0 : this.ownWidth(column);
  }

  ownWidth(column: number): number {
    return this.#hidden.has(column) ? 0 : (this.#widths[column] ?? 0);
  }

  start(column: number): number {
    return this.#endOf(column - 1);
  }

  resize(column: number, width: number): void {
    if (column < 0 || column >= this.count) return;
    this.#widths[column] = width;
    this.#known = Math.min(this.#known, column);
  }

  get hidden(): number[] {
    return [...this.#hidden].sort((a, b) => a - b);
  }

  /** The columns that stay in view, as far as they are shown. */
  get pinned(): readonly number[] {
    return this.#pinned.filter((column) => !this.#hidden.has(column));
  }

  get pinnedWidth(): number {
    return this.pinned.reduce((sum, column) => sum + this.ownWidth(column), 0);
  }

  /** Pins a column after those that are pinned, or no longer. */
  pin(column: number, isPinned: boolean): void {
    const others = this.#pinned.filter((one) => one !== column);
    this.#pinned = isPinned ? [...others, column] : others;
    this.#known = 0;
  }

  /** The pinned column at a position among them. */
  pinnedAt(position: number): number | undefined {
    let end = 0;
    return this.pinned.find((column) => (end += this.ownWidth(column)) > position);
  }

  /** Hides columns; one always stays. */
  hide(columns: readonly number[]): void {
    for (const column of columns) if (this.#hidden.size < this.count - 1) this.#hidden.add(column);
    this.#known = 0;
  }

  unhide(): void {
    this.#hidden.clear();
    this.#known = 0;
  }

  /** The nearest column that is shown: in that direction first. */
  shown(column: number, direction: number): number {
    for (const step of [Math.sign(direction) || 1, -(Math.sign(direction) || 1)]) {
      let at = Math.max(0, Math.min(column, this.count - 1));
      while (at >= 0 && at < this.count && this.#hidden.has(at)) at += step;
      if (at >= 0 && at < this.count) return at;
    }
    return 0;
  }

  /** The column at a position; the last one beyond all. */
  at(position: number): number {
    let [low, high] = [0, this.#lastThatScrolls];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#endOf(middle) > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  get #lastThatScrolls(): number {
    for (let column = this.count - 1; column > 0; column--) if (this.width(column) > 0) return column;
    return 0;
  }

  #endOf(column: number): number {
    for (; this.#known <= column && this.#known < this.count; this.#known++) {
      this.#ends[this.#known] = (this.#ends[this.#known - 1] ?? 0) + this.width(this.#known);
    }
    return this.#ends[Math.min(column, this.count - 1)] ?? 0;
  }
}
