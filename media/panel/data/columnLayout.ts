/** Where columns are, in pixels from the first one. */
export class ColumnLayout {
  readonly count: number;
  readonly #widths: Float64Array;
  readonly #ends: Float64Array;
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
    return this.#widths[column] ?? 0;
  }

  start(column: number): number {
    return this.#endOf(column - 1);
  }

  resize(column: number, width: number): void {
    if (column < 0 || column >= this.count) return;
    this.#widths[column] = width;
    this.#known = Math.min(this.#known, column);
  }

  /** The column at a position; the last one beyond all. */
  at(position: number): number {
    let [low, high] = [0, Math.max(0, this.count - 1)];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#endOf(middle) > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #endOf(column: number): number {
    for (; this.#known <= column && this.#known < this.count; this.#known++) {
      this.#ends[this.#known] = (this.#ends[this.#known - 1] ?? 0) + this.width(this.#known);
    }
    return this.#ends[Math.min(column, this.count - 1)] ?? 0;
  }
}
