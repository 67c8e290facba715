import type { Cell, DataWindow, WindowRequest } from '../protocol/data.js';

/** What a file of rows is: the text between two cells. */
export type Separator = ',' | '\t';

/** The most cells that a session tells at once. */
const AT_A_TIME = 20_000;

export interface RowsToWrite {
  readonly separator: Separator;
  readonly window: (request: WindowRequest) => Promise<DataWindow>;
  readonly write: (text: string) => Promise<void>;
  readonly progress: (share: number) => void;
}

/**
 * Writes all rows as CSV or TSV (RFC 4180), with labels of rows that are more than numbers. What is missing is empty,
 * and an empty text is `""`. Returns how many texts were too long and have been cut.
 */
export async function writeRows({ separator, window, write, progress }: RowsToWrite): Promise<number> {
  const first = await window({ rows: [0, 0], columns: [0, 0] });
  const { rows, columns } = first;
  const step = Math.max(1, Math.floor(AT_A_TIME / Math.max(1, columns)));
  let cut = 0;
  for (let row = 0; row === 0 || row < rows; row += step) {
    const part = await window({ rows: [row, Math.min(rows, row + step)], columns: [0, columns], full: true });
    const all = [...(hasLabels(part) ? part.index : []), ...part.cells];
    const lines = Array.from({ length: (part.cells[0] ?? part.index[0] ?? []).length }, (_, at) =>
      all.map((column) => field(column[at] ?? '', separator)),
    );
    if (row === 0) lines.unshift(heads(part).map((name) => field(name, separator)));
    cut += all.flat().filter((cell) => typeof cell !== 'string' && cell[0] === 'c').length;
    await write(lines.map((line) => `${line.join(separator)}\n`).join(''));
    progress(Math.min(1, (row + step) / Math.max(1, rows)));
  }
  return cut;
}

function heads(part: DataWindow): string[] {
  return [...(hasLabels(part) ? part.indexHeads : []), ...part.heads].map(([name]) => name);
}

/** Whether the labels are more than the numbers of the rows. */
function hasLabels({ indexHeads }: DataWindow): boolean {
  return indexHeads.length > 1 || indexHeads.some(([name, kind]) => name !== '' || !kind.startsWith('int'));
}

function field(cell: Cell, separator: Separator): string {
  if (typeof cell !== 'string' && cell[0] === 'm') return '';
  const text = typeof cell === 'string' ? cell : cell[1];
  const isPlain = text !== '' && !text.includes(separator) && !/["\n\r]/.test(text);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}
