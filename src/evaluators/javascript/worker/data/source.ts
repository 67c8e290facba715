import type { Cell, Head } from '../../../../protocol/data.js';

/** A table. Rows and columns are counted from 0. */
export interface Source {
  readonly rows: number;
  readonly columns: number;
  head(column: number): Head;
  /** What the cell shows, or ABSENT. */
  value(row: number, column: number): unknown;
  cell(row: number, column: number, limit: number): Cell;
}
