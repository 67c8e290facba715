import type { Cell, DataWindow, Head } from '../../../src/protocol/data.js';

/** More than a view shows at once; older ones come again when they are needed. */
const MOST_BLOCKS = 12;

export type Span = readonly [number, number];

/** The windows that have come, the newest first. */
export class CellBlocks {
  #blocks: readonly DataWindow[] = [];
  #expired: readonly DataWindow[] = [];

  add(block: DataWindow): void {
    this.#blocks = [block, ...this.#blocks].slice(0, MOST_BLOCKS);
    this.#expired = [];
  }

  /** They may be of the past: they are shown until others have come, but count for nothing. */
  expire(): void {
    this.#expired = this.#blocks.slice(0, 2);
    this.#blocks = [];
  }

  /** Others have not come: those from before count again. */
  restore(): void {
    if (this.#blocks.length === 0) this.#blocks = this.#expired;
    this.#expired = [];
  }

  /** Undefined if it has not come. */
  cell(row: number, column: number): Cell | undefined {
    for (const { start, cells } of this.#shown) {
      const found = cells[column - start[1]]?.[row - start[0]];
      if (found !== undefined) return found;
    }
    return undefined;
  }

  head(column: number): Head | undefined {
    for (const { start, heads } of this.#shown) {
      const found = heads[column - start[1]];
      if (found) return found;
    }
    return undefined;
  }

  label(row: number, level: number): Cell | undefined {
    for (const { start, index } of this.#shown) {
      const found = index[level]?.[row - start[0]];
      if (found !== undefined) return found;
    }
    return undefined;
  }

  get #shown(): readonly DataWindow[] {
    return this.#expired.length > 0 ? this.#expired : this.#blocks;
  }

  /** The number of a row in the table. */
  position(row: number): number | undefined {
    const block = this.#shown.find(({ start, cells }) => row >= start[0] && row < start[0] + (cells[0]?.length ?? 0));
    return block && (block.positions.length === 0 ? row : block.positions[row - block.start[0]]);
  }

  /** Whether one block has all of it. */
  covers(rows: Span, columns: Span): boolean {
    return this.#blocks.some(({ start: [row, column], heads, cells, index }) => {
      const count = (cells[0] ?? index[0] ?? []).length;
      return row <= rows[0] && row + count >= rows[1] && column <= columns[0] && column + heads.length >= columns[1];
    });
  }
}
