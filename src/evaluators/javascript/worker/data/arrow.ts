import type { Head } from '../../../../protocol/data.js';
import { ArrowReader, typeIds } from './arrowValues.js';
import { cellOf, typedCell } from './cells.js';
import { listOf, numberOf, own, textOf } from './own.js';
import type { Source } from './source.js';

/** Dictionaries in dictionaries whose types are named. */
const MOST_NAMED = 3;

/**
 * Undefined for what is no table of apache-arrow. Read from the buffers that it holds: no method or accessor is called,
 * which could be the user's.
 */
export function arrowSource(value: object): Source | undefined {
  const [fields, batches] = [listOf(own(own(value, 'schema'), 'fields')), listOf(own(value, 'batches'))];
  if (!fields || !batches) return undefined;
  const columns: (readonly unknown[])[] = [];
  const ends: number[] = [];
  for (let at = 0; at < batches.length; at++) {
    const data = own(own(batches, at), 'data');
    const children = listOf(own(data, 'children'));
    const length = numberOf(own(data, 'length'));
    if (!children || !Number.isSafeInteger(length) || length < 0) return undefined;
    columns.push(children);
    ends.push((ends.at(-1) ?? 0) + length);
  }
  const valueAt = (row: number, column: number): unknown => {
    const batch = firstAbove(ends, row);
    return new ArrowReader().valueAt(own(columns[batch], column), row - (ends[batch - 1] ?? 0));
  };
  const typeOf = (column: number): unknown => own(own(fields, column), 'type');
  const isNumeric = (column: number): boolean => {
    const id = idOf(typeOf(column));
    return id === typeIds.int || id === typeIds.float;
  };
  return {
    rows: ends.at(-1) ?? 0,
    columns: fields.length,
    head: (column): Head => [
      textOf(own(own(fields, column), 'name')),
      nameOf(typeOf(column)),
      isNumeric(column) ? 'n' : 't',
    ],
    value: valueAt,
    cell: (row, column, limit) => {
      const found = valueAt(row, column);
      const isNumber = typeof found === 'number' || typeof found === 'bigint';
      return isNumber && isNumeric(column) ? typedCell(found) : cellOf(found, limit);
    },
  };
}

/** The position of the first of the rising numbers that is larger. */
function firstAbove(numbers: readonly number[], one: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) > one) high = middle;
    else low = middle + 1;
  }
  return low;
}

function idOf(type: unknown): number {
  return numberOf(own(type, 'typeId'));
}

const names = new Map<number, string>([
  [typeIds.null, 'null'],
  [typeIds.binary, 'binary'],
  [typeIds.utf8, 'utf8'],
  [typeIds.largeBinary, 'binary'],
  [typeIds.largeUtf8, 'utf8'],
  [typeIds.bool, 'bool'],
  [typeIds.date, 'date'],
  [typeIds.timestamp, 'timestamp'],
  [typeIds.list, 'list'],
  [typeIds.struct, 'struct'],
]);

function nameOf(type: unknown, depth = 0): string {
  const id = idOf(type);
  if (id === typeIds.int)
    return `${own(type, 'isSigned') === true ? 'int' : 'uint'}${String(numberOf(own(type, 'bitWidth')))}`;
  if (id === typeIds.float) return `float${String([16, 32, 64][numberOf(own(type, 'precision'))])}`;
  if (id !== typeIds.dictionary) return names.get(id) ?? 'other';
  return `dictionary<${depth < MOST_NAMED ? nameOf(own(type, 'dictionary'), depth + 1) : '…'}>`;
}
