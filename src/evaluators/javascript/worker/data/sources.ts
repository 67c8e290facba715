import { types } from 'node:util';
import type { Head } from '../../../../protocol/data.js';
import { lengthOf } from '../inspection/parts.js';
import { typeOf } from '../inspection/typeOf.js';
import { arrowSource } from './arrow.js';
import { cellOf, noCell, typedCell } from './cells.js';
import { entriesOf, membersOf, namesIn } from './containers.js';
import { ABSENT, own } from './own.js';
import type { Source } from './source.js';

/** Rows that are looked at for the names of columns and the types of their values. */
const SAMPLE = 1000;
const MOST_COLUMNS = 10_000;
/** The column of keys, which no other has the name of. */
const KEY = '\0key';
/** In characters. */
const LONGEST_NAME = 1000;

/** Undefined for what is no table. Calls nothing of the user's: accessors are not read. */
export function sourceOf(value: unknown): Source | undefined {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return undefined;
  const rows = lengthOf(value);
  if (types.isTypedArray(value)) return typedSource(value, rows ?? 0);
  if (!Array.isArray(value)) return arrowSource(value) ?? columnsSource(value) ?? containerSource(value);
  const sample = range(Math.min(value.length, SAMPLE)).map((row) => own(value, row));
  if (sample.length > 0 && sample.every(isPlain)) {
    const names = new Set(sample.flatMap((row) => Object.keys(row)));
    return plainSource(value.length, [...names].slice(0, MOST_COLUMNS), (row, name) => own(own(value, row), name));
  }
  if (sample.length > 0 && sample.every((row) => Array.isArray(row) && !types.isProxy(row))) {
    const width = Math.min(MOST_COLUMNS, Math.max(...sample.map((row) => lengthOf(row) ?? 0)));
    const names = range(width).map(String);
    return plainSource(
      value.length,
      names,
      (row, at) => own(own(value, row), at),
      (name) => `[${name}]`,
    );
  }
  return plainSource(value.length, ['value'], (row) => own(value, row));
}

function typedSource(value: NodeJS.TypedArray, rows: number): Source {
  const type = typeOf(value);
  return {
    rows,
    columns: 1,
    head: () => ['value', type, 'n'],
    value: (row) => own(value, row),
    cell: (row) => typedCell(own(value, row) as number | bigint),
  };
}

/** A map, or an object that is of no class: rows with a key where all values are objects, else keys and values. */
function containerSource(value: object): Source | undefined {
  if (types.isSet(value)) {
    const members = membersOf(value);
    return plainSource(members.length, ['value'], (row) => members[row]);
  }
  if (types.isMap(value)) return entriesSource(entriesOf(value));
  const names = isPlain(value) ? namesIn(value) : undefined;
  return names && entriesSource(names.map((name) => [name, own(value, name)] as const));
}

function entriesSource(entries: readonly (readonly [unknown, unknown])[]): Source {
  const sample = entries.slice(0, SAMPLE).map(([, one]) => one);
  const isOfRows = sample.length > 0 && sample.every((one) => isPlain(one) && namesIn(one) !== undefined);
  const names = isOfRows ? [...new Set(sample.flatMap((one) => Object.keys(one as object)))] : ['value'];
  return plainSource(
    entries.length,
    [KEY, ...names.slice(0, MOST_COLUMNS)],
    (row, name) => {
      const [key, one] = entries[row] ?? [ABSENT, ABSENT];
      return name === KEY ? key : isOfRows ? own(one, name) : one;
    },
    (name) => (name === KEY ? 'key' : name),
  );
}

/** An object of arrays. */
function columnsSource(value: object): Source | undefined {
  if (!isPlain(value)) return undefined;
  const names = Object.keys(value);
  const columns = names.map((name) => own(value, name));
  const isColumn = (one: unknown): boolean => (Array.isArray(one) || types.isTypedArray(one)) && !types.isProxy(one);
  if (names.length === 0 || !columns.every(isColumn)) return undefined;
  const rows = columns.reduce<number>((most, column) => Math.max(most, lengthOf(column) ?? 0), 0);
  return plainSource(rows, names, (row, name) => own(own(value, name), row));
}

function plainSource(
  rows: number,
  names: readonly string[],
  at: (row: number, name: string) => unknown,
  label = (name: string): string => name,
): Source {
  const kinds = new Map<number, Head>();
  const head = (column: number): Head => {
    const name = names[column] ?? '';
    const values = range(Math.min(rows, SAMPLE)).map((row) => at(row, name));
    const found = values.filter((one) => one !== ABSENT && one !== null && one !== undefined).map(typeOf);
    const distinct = [...new Set(found)].slice(0, 3);
    const isNumeric = distinct.length > 0 && distinct.every((type) => type === 'number' || type === 'bigint');
    return [label(name).slice(0, LONGEST_NAME), distinct.join(' | '), isNumeric ? 'n' : 't'];
  };
  return {
    rows,
    columns: names.length,
    head: (column) => {
      const known = kinds.get(column) ?? head(column);
      kinds.set(column, known);
      return known;
    },
    value: (row, column) => at(row, names[column] ?? ''),
    cell: (row, column, limit) => {
      const value = at(row, names[column] ?? '');
      return value === ABSENT ? noCell : cellOf(value, limit);
    },
  };
}

function isPlain(value: unknown): value is object {
  const isObject = typeof value === 'object' && value !== null && !types.isProxy(value);
  return isObject && !Array.isArray(value) && lengthOf(value) === undefined && !types.isDate(value);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
