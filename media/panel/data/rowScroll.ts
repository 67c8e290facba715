/** Browsers cannot lay out elements of more than some ten million pixels. */
const TALLEST = 8_000_000;

/**
 * Where the rows of a tall table are: `top` is the position in the table, and the scroll bar stands for it, on a scale
 * of its own if the table is taller than an element can be.
 */
export class RowScroll {
  readonly rowHeight: number;
  #rows = 0;
  #viewport = 0;
  #top = 0;
  /** What the scroll bar was last set to, or has reported. */
  #bar = 0;

  constructor(rowHeight: number) {
    this.rowHeight = rowHeight;
  }

  /** In pixels, from the first row. */
  get top(): number {
    return this.#top;
  }

  get isScaled(): boolean {
    return this.#rows * this.rowHeight > TALLEST;
  }

  /** The height of what the scroll bar scrolls. */
  get height(): number {
    return Math.min(this.#rows * this.rowHeight, TALLEST);
  }

  /** Where the scroll bar belongs. */
  get bar(): number {
    return this.#bar;
  }

  /** The first row in the view, and the one after the last. */
  get visible(): [number, number] {
    const first = Math.floor(this.#top / this.rowHeight);
    const last = Math.ceil((this.#top + this.#viewport) / this.rowHeight);
    return [Math.min(first, this.#rows), Math.min(last, this.#rows)];
  }

  get page(): number {
    return Math.max(1, Math.floor(this.#viewport / this.rowHeight) - 1);
  }

  fit(rows: number, viewport: number): void {
    this.#rows = rows;
    this.#viewport = viewport;
    this.scrollTo(this.#top);
  }

  /** The user has moved the scroll bar. */
  barMoved(bar: number): void {
    if (Math.abs(bar - this.#bar) < 1) return;
    this.#bar = bar;
    this.#top = this.isScaled ? this.#clamp((bar / this.#farthestBar) * this.#farthest) : this.#clamp(bar);
  }

  scrollBy(pixels: number): void {
    this.scrollTo(this.#top + pixels);
  }

  reveal(row: number): void {
    const start = row * this.rowHeight;
    if (start < this.#top) this.scrollTo(start);
    else if (start + this.rowHeight > this.#top + this.#viewport)
      this.scrollTo(start + this.rowHeight - this.#viewport);
  }

  scrollTo(top: number): void {
    this.#top = this.#clamp(top);
    this.#bar = this.isScaled && this.#farthest > 0 ? (this.#top / this.#farthest) * this.#farthestBar : this.#top;
  }

  get #farthest(): number {
    return Math.max(0, this.#rows * this.rowHeight - this.#viewport);
  }

  get #farthestBar(): number {
    return Math.max(1, this.height - this.#viewport);
  }

  #clamp(top: number): number {
    return Math.max(0, Math.min(top, this.#farthest));
  }
}
