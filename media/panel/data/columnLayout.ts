/** Where columns are, in pixels from the first one. */
export class ColumnLayout {
  readonly count: number;
  readonly #widths: Float64Array;
  readonly #ends: Float64Array;
  readonly #hidden = new Set<number>();
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

  width(column: number): number {
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

  isHidden(column: number): boolean {
    return this.#hidden.has(column);
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
    let [low, high] = [0, Math.max(0, this.count - 1)];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#endOf(middle) > position) high = middle;
      else low = middle + 1;
    }
    return this.shown(low, -1);
  }

  #endOf(column: number): number {
    for (; this.#known <= column && this.#known < this.count; this.#known++) {
      this.#ends[this.#known] = (this.#ends[this.#known - 1] ?? 0) + this.width(this.#known);
    }
    return this.#ends[Math.min(column, this.count - 1)] ?? 0;
  }
}
