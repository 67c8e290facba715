import type { DataWindow } from '../../../src/protocol/data.js';
import { plainText } from './cellText.js';
import type { GridSelection } from './gridSelection.js';
import type { Wanted } from './dataLoader.js';

/** More are for a file. */
export const MOST_COPIED = 200_000;
/** Of one request. */
const MOST_AT_ONCE = 20_000;

export interface CopiedCells {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Which columns hold numbers. */
  readonly isNumber: readonly boolean[];
}

/** How many cells are selected. */
export function selectedCount({ range: { rows, columns } }: GridSelection): number {
  return (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1);
}

/** The texts of the selected cells, whole, piece by piece. Undefined if the session has not answered. */
export async function selectedCells(
  { range: { rows, columns } }: GridSelection,
  load: (wanted: Wanted) => Promise<DataWindow | undefined>,
  hidden: readonly number[] = [],
): Promise<CopiedCells | undefined> {
  const width = columns[1] - columns[0] + 1;
  const step = Math.max(1, Math.floor(MOST_AT_ONCE / width));
  const found: string[][] = [];
  let heads: DataWindow['heads'] = [];
  for (let row = rows[0]; row <= rows[1]; row += step) {
    const end = Math.min(row + step, rows[1] + 1);
    const window = await load({ rows: [row, end], columns: [columns[0], columns[1] + 1], full: true });
    if (!window) return undefined;
    const isShown = (_: unknown, at: number): boolean => !hidden.includes(columns[0] + at);
    heads = window.heads.filter(isShown);
    const shown = window.cells.filter(isShown);
    const count = shown[0]?.length ?? 0;
    for (let at = 0; at < count; at++) found.push(shown.map((cells) => plainText(cells[at] ?? '')));
  }
  return { heads: heads.map(([name]) => name), rows: found, isNumber: heads.map(([, , kind]) => kind === 'n') };
}
