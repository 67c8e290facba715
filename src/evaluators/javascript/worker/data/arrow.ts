import { types } from 'node:util';
import type { Head } from '../../../../protocol/data.js';
import { lengthOf } from '../inspection/parts.js';
import { cellOf, typedCell } from './cells.js';
import { own } from './own.js';
import type { Source } from './source.js';

/*
 * Tables of apache-arrow, read from the buffers that they hold: no method or accessor of them is called, which could be
 * the user's. See the Arrow columnar format; `offset` counts for bits only, since the other buffers are cut to it.
 */

type Numbers = ArrayLike<number> | ArrayLike<bigint>;
const NULL = 1;
const INT = 2;
const FLOAT = 3;
const BINARY = 4;
const UTF8 = 5;
const BOOL = 6;
const DATE = 8;
const TIMESTAMP = 10;
const LIST = 12;
const STRUCT = 13;
const LARGE_BINARY = 19;
const LARGE_UTF8 = 20;
const DICTIONARY = -1;
/** Elements of a list that are read; a summary shows fewer. */
const MOST_ELEMENTS = 10_000;
const DAY_MS = 86_400_000;
/** How many there are in a second, by the unit of a type: seconds up to nanoseconds. */
const perSecond = [1n, 1000n, 1_000_000n, 1_000_000_000n];

/** Undefined for what is no table of apache-arrow. */
export function arrowSource(value: object): Source | undefined {
  const [fields, batches] = [own(own(value, 'schema'), 'fields'), own(value, 'batches')];
  if (!Array.isArray(fields) || !Array.isArray(batches)) return undefined;
  const datas = Array.from({ length: batches.length }, (_, at) => own(own(batches, at), 'data'));
  if (!datas.every((data) => Array.isArray(own(data, 'children')))) return undefined;
  const ends: number[] = [];
  for (const data of datas) ends.push((ends.at(-1) ?? 0) + Number(own(data, 'length')));
  const at = (row: number, column: number): unknown => {
    const batch = ends.findIndex((end) => row < end);
    return valueAt(own(own(datas[batch], 'children'), column), row - (ends[batch - 1] ?? 0));
  };
  const typeOf = (column: number): unknown => own(own(fields, column), 'type');
  return {
    rows: ends.at(-1) ?? 0,
    columns: fields.length,
    head: (column): Head => {
      const type = typeOf(column);
      return [String(own(own(fields, column), 'name')), nameOf(type), [INT, FLOAT].includes(idOf(type)) ? 'n' : 't'];
    },
    value: at,
    cell: (row, column, limit) => {
      const found = at(row, column);
      const isNumber = typeof found === 'number' || typeof found === 'bigint';
      if (isNumber && [INT, FLOAT].includes(idOf(typeOf(column)))) return typedCell(found);
      return cellOf(found, limit);
    },
  };
}

function idOf(type: unknown): number {
  return Number(own(type, 'typeId'));
}

function nameOf(type: unknown): string {
  const id = idOf(type);
  const bits = id === INT ? own(type, 'bitWidth') : id === FLOAT ? [16, 32, 64][Number(own(type, 'precision'))] : '';
  if (id === INT) return `${own(type, 'isSigned') === true ? 'int' : 'uint'}${String(bits)}`;
  if (id === FLOAT) return `float${String(bits)}`;
  if (id === DICTIONARY) return `dictionary<${nameOf(own(type, 'dictionary'))}>`;
  const names = new Map([
    [NULL, 'null'],
    [BINARY, 'binary'],
    [UTF8, 'utf8'],
    [LARGE_BINARY, 'binary'],
    [LARGE_UTF8, 'utf8'],
    [BOOL, 'bool'],
    [DATE, 'date'],
    [TIMESTAMP, 'timestamp'],
    [LIST, 'list'],
    [STRUCT, 'struct'],
  ]);
  return names.get(id) ?? 'other';
}

function valueAt(data: unknown, index: number): unknown {
  const type = own(data, 'type');
  const values = own(data, 'values') as Numbers | undefined;
  if (isNull(data, index)) return null;
  switch (idOf(type)) {
    case INT:
    case FLOAT:
      return types.isTypedArray(values) && !(types.isUint16Array(values) && idOf(type) === FLOAT) ? values[index] : '…';
    case BINARY:
    case UTF8:
    case LARGE_BINARY:
    case LARGE_UTF8: {
      const bytes = bytesOf(values, span(data, index));
      return [UTF8, LARGE_UTF8].includes(idOf(type)) ? Buffer.from(bytes.buffer).toString() : bytes;
    }
    case BOOL:
      return bit(values as Uint8Array, Number(own(data, 'offset')) + index);
    case DATE:
    case TIMESTAMP:
      return timeAt(type, values?.[index]);
    case LIST: {
      const [start, end] = span(data, index);
      const length = Math.min(end - start, MOST_ELEMENTS);
      return Array.from({ length }, (_, at) => valueAt(own(own(data, 'children'), 0), start + at));
    }
    case STRUCT: {
      const fields = own(type, 'children') as unknown[];
      const parts = fields.map((field, at) => [own(field, 'name'), valueAt(own(own(data, 'children'), at), index)]);
      return Object.fromEntries(parts) as object;
    }
    case DICTIONARY:
      return entryAt(own(own(data, 'dictionary'), 'data'), Number(values?.[index]));
    default:
      return '…';
  }
}

/** An entry of a dictionary, which may be in several pieces. */
function entryAt(pieces: unknown, index: number): unknown {
  let rest = index;
  for (const piece of Array.isArray(pieces) ? (pieces as unknown[]) : []) {
    const length = Number(own(piece, 'length'));
    if (rest < length) return valueAt(piece, rest);
    rest -= length;
  }
  return null;
}

function isNull(data: unknown, index: number): boolean {
  if (idOf(own(data, 'type')) === NULL) return true;
  const bitmap = own(data, 'nullBitmap');
  return types.isUint8Array(bitmap) && lengthOf(bitmap) !== 0 && !bit(bitmap, Number(own(data, 'offset')) + index);
}

/** A copy, made without a method of the array. */
function bytesOf(values: unknown, [start, end]: readonly [number, number]): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(types.isUint8Array(values) ? Math.max(0, end - start) : 0);
  for (let at = 0; at < copy.length; at++) copy[at] = (values as Uint8Array)[start + at] ?? 0;
  return copy;
}

function bit(bytes: Uint8Array, at: number): boolean {
  return ((bytes[at >> 3] ?? 0) & (1 << (at % 8))) !== 0;
}

function span(data: unknown, index: number): [number, number] {
  const offsets = own(data, 'valueOffsets') as Numbers;
  return [Number(offsets[index]), Number(offsets[index + 1])];
}

/** With all digits, in UTC. */
function timeAt(type: unknown, value: number | bigint | undefined): unknown {
  if (value === undefined) return '…';
  const unit = Number(own(type, 'unit'));
  if (idOf(type) === DATE) return isoOf(unit === 0 ? Number(value) * DAY_MS : Number(value))?.[0] ?? value;
  const count = perSecond[unit] ?? 1n;
  const [ticks, digits] = [BigInt(value), String(count).length - 1];
  const part = ((ticks % count) + count) % count;
  const iso = isoOf(Number((ticks - part) / count) * 1000);
  if (!iso) return value;
  return part === 0n ? iso.join(' ') : `${iso.join(' ')}.${String(part).padStart(digits, '0')}`;
}

/** The day and the second of a moment; undefined if it is too far away for a date of JavaScript. */
function isoOf(ms: number): [string, string] | undefined {
  const moment = new Date(ms);
  if (Number.isNaN(moment.getTime())) return undefined;
  const [day = '', time = ''] = moment.toISOString().split('T');
  return [day, time.slice(0, 8)];
}
