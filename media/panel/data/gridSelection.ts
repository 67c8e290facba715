export interface Place {
  readonly row: number;
  readonly column: number;
}

/** The active cell, and the cells from another one up to it. */
export class GridSelection {
  #active: Place = { row: 0, column: 0 };
  #anchor: Place = this.#active;
  #rows = 0;
  #columns = 0;

  get active(): Place {
    return this.#active;
  }

  /** The first and last rows and columns. */
  get range(): { readonly rows: [number, number]; readonly columns: [number, number] } {
    const [a, b] = [this.#anchor, this.#active];
    return {
      rows: [Math.min(a.row, b.row), Math.max(a.row, b.row)],
      columns: [Math.min(a.column, b.column), Math.max(a.column, b.column)],
    };
  }

  get isOneCell(): boolean {
    return this.#active.row === this.#anchor.row && this.#active.column === this.#anchor.column;
  }

  has(row: number, column: number): boolean {
    const { rows, columns } = this.range;
    return row >= rows[0] && row <= rows[1] && column >= columns[0] && column <= columns[1];
  }

  fit(rows: number, columns: number): void {
    this.#rows = rows;
    this.#columns = columns;
    this.#anchor = this.#within(this.#anchor);
    this.#active = this.#within(this.#active);
  }

  select(place: Place, extend = false): void {
    this.#active = this.#within(place);
    if (!extend) this.#anchor = this.#active;
  }

  selectAll(): void {
    this.#anchor = { row: 0, column: 0 };
    this.#active = this.#within({ row: this.#rows, column: this.#columns });
  }

  #within({ row, column }: Place): Place {
    const inside = (at: number, size: number): number => Math.max(0, Math.min(at, size - 1));
    return { row: inside(row, this.#rows), column: inside(column, this.#columns) };
  }
}
