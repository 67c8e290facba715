import type { Cell, DataFilter, DataSort } from '../../../../protocol/data.js';
import { rowsThatPass } from './expression.js';
import type { Source } from './source.js';

const LONGEST = 100_000;
/** Numbers come before texts; what is missing comes last, in either direction. */
type Key = { readonly kind: 0; readonly value: number } | { readonly kind: 1; readonly value: string } | undefined;

/**
 * The rows that pass all filters, sorted by the first key, then by the others. Compares what cells show, no objects.
 */
export function arrange(source: Source, filters: readonly DataFilter[], sort: readonly DataSort[]): number[] {
  let rows = Array.from({ length: source.rows }, (_, row) => row);
  for (const filter of filters) {
    if (filter.test === 'expression') {
      rows = rows.filter(rowsThatPass(source, filter.value ?? ''));
      continue;
    }
    const passes = testOf(filter);
    const all = filter.column >= 0 ? [filter.column] : Array.from({ length: source.columns }, (_, column) => column);
    rows = rows.filter((row) => all.some((column) => passes(source.cell(row, column, LONGEST))));
  }
  const columns = sort.map(({ column, descending }) => {
    const keys: Key[] = [];
    for (const row of rows) keys[row] = keyOf(source.cell(row, column, LONGEST));
    return { keys, sign: descending ? -1 : 1 };
  });
  return columns.length === 0
    ? rows
    : rows.sort((one, other) => {
        for (const { keys, sign } of columns) {
          const order = compare(keys[one], keys[other], sign);
          if (order !== 0) return order;
        }
        return one - other;
      });
}

function compare(one: Key, other: Key, sign: number): number {
  if (!one || !other) return Number(!one) - Number(!other);
  if (one.kind !== other.kind) return sign * (one.kind - other.kind);
  return one.value === other.value ? 0 : one.value < other.value ? -sign : sign;
}

export function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell[1];
}

function keyOf(cell: Cell): Key {
  if (isMissing(cell)) return undefined;
  const text = textOf(cell);
  const number = typeof cell === 'string' || cell[0] === 'n' ? numberOf(text) : undefined;
  return number === undefined ? { kind: 1, value: text } : { kind: 0, value: number };
}

export function isMissing(cell: Cell): boolean {
  return typeof cell !== 'string' && cell[0] === 'm';
}

export function numberOf(text: string): number | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isNaN(number) ? undefined : number;
}

function testOf({ test, value = '' }: DataFilter): (cell: Cell) => boolean {
  const known = (passes: (cell: Cell) => boolean) => (cell: Cell) => !isMissing(cell) && passes(cell);
  const limit = keyOf(value);
  const difference = (cell: Cell): number => {
    const key = keyOf(cell);
    return key?.kind === limit?.kind ? compare(key, limit, 1) : Number.NaN;
  };
  const isEqual = (cell: Cell): boolean => textOf(cell) === value || difference(cell) === 0;
  switch (test) {
    case 'missing':
      return isMissing;
    case 'present':
      return (cell) => !isMissing(cell);
    case 'contains':
      return known((cell) => textOf(cell).toLowerCase().includes(value.toLowerCase()));
    case 'equals':
      return known(isEqual);
    case 'differs':
      return known((cell) => !isEqual(cell));
    case 'less':
      return known((cell) => difference(cell) < 0);
    case 'atMost':
      return known((cell) => difference(cell) <= 0);
    case 'more':
      return known((cell) => difference(cell) > 0);
    case 'expression': // it is not of cells
    case 'atLeast':
      return known((cell) => difference(cell) >= 0);
  }
}
