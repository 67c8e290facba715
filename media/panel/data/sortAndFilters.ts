import type { CodeSteps, DataFilter, DataIntent, DataSort } from '../../../src/protocol/data.js';

/** A filter, and the column as the user knows it. */
export interface NamedFilter extends DataFilter {
  readonly name: string;
  readonly kind: string;
}
export interface NamedSort extends DataSort {
  readonly name: string;
}

/** By what the rows are filtered and sorted. */
export interface Steps {
  readonly filters: readonly NamedFilter[];
  readonly sort: readonly NamedSort[];
}

export const noSteps: Steps = { filters: [], sort: [] };

/** Sorts by a column: first upwards, then downwards, then not. With `add`, after the columns that it is sorted by. */
export function sortedBy({ filters, sort }: Steps, column: number, name: string, add: boolean): Steps {
  const known = sort.find((one) => one.column === column);
  const others = add ? sort.filter((one) => one !== known) : [];
  if (known?.descending) return { filters, sort: others };
  const next = { column, name, descending: known !== undefined };
  const inPlace = sort.map((one) => (one === known ? next : one));
  return { filters, sort: add && known ? inPlace : [...others, next] };
}

export function withFilter({ filters, sort }: Steps, filter: NamedFilter): Steps {
  return { filters: [...filters, filter], sort };
}

export function withoutFilter({ filters, sort }: Steps, filter: NamedFilter): Steps {
  return { filters: filters.filter((one) => one !== filter), sort };
}

/** An expression that filters a table of a kind. */
export function exampleOf(kind: string, column: string): string {
  if (kind.startsWith('polars')) return `pl.col(${JSON.stringify(column)}) > 10`;
  if (/ndarray|Tensor|Parameter/.test(kind))
    return column.startsWith('[') ? `value[:, ${column.slice(1, -1)}] > 10` : `${column} > 10`;
  const isName = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(column);
  return `${isName ? column : kind.startsWith('pandas') ? `\`${column}\`` : 'row'} > 10`;
}

type Asked = Extract<DataIntent, { type: 'window' }>;

/** As a request has them; nothing if there are none. */
export function stepsOf({ filters, sort }: Steps, turn: number): Pick<Asked, 'filters' | 'sort' | 'turn'> {
  if (filters.length === 0 && sort.length === 0) return {};
  return {
    filters: filters.map(({ column, test, value }) => ({ column, test, ...(value === undefined ? {} : { value }) })),
    sort: sort.map(({ column, descending }) => ({ column, descending })),
    turn,
  };
}

/** As code needs them. */
export function codeSteps({ filters, sort }: Steps): Pick<CodeSteps, 'filters' | 'sort'> {
  return { filters: [...filters], sort: sort.map(({ name, descending }) => ({ name, descending })) };
}
