import type { Cell, DataWindow, Head } from '../../../src/protocol/data.js';
import type { CellBlocks } from './cellBlocks.js';
import { columnWidth, type Measure } from './columnWidth.js';

export interface RowLabel {
  /** Undefined if it has not come. */
  readonly cell: Cell | undefined;
  readonly isNumber: boolean;
}

/** What stands before the cells of a row: its labels in the table, or its number. */
export class RowLabels {
  #heads: readonly Head[] = [];
  #widths: readonly number[] = [];

  get heads(): readonly Head[] {
    return this.#heads;
  }

  /** Of each level, in pixels. */
  get widths(): readonly number[] {
    return this.#widths;
  }

  get width(): number {
    return this.#widths.reduce((sum, width) => sum + width, 0);
  }

  /** Labels only become wider, so that scrolling does not move the columns back and forth. */
  fit({ indexHeads, index, rows }: DataWindow, measure: Measure): void {
    if (indexHeads.length === 0) this.#widths = [columnWidth(['', '', 'n'], [String(rows)], measure)];
    else {
      const widths = indexHeads.map((head, level) => columnWidth(head, index[level] ?? [], measure));
      const before = indexHeads.length === this.#heads.length ? this.#widths : [];
      this.#widths = widths.map((width, level) => Math.max(width, before[level] ?? 0));
    }
    this.#heads = indexHeads;
  }

  of(row: number, blocks: CellBlocks): RowLabel[] {
    if (this.#heads.length === 0) {
      const position = blocks.position(row);
      return [{ cell: position === undefined ? undefined : String(position), isNumber: true }];
    }
    return this.#heads.map(([, , kind], level) => ({ cell: blocks.label(row, level), isNumber: kind === 'n' }));
  }
}
