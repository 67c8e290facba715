import { types } from 'node:util';
import { lengthOf } from '../inspection/parts.js';
import { listOf, numberOf, own, textOf } from './own.js';

/*
 * See the Arrow columnar format; `offset` counts for bits only, since the other buffers are cut to it.
 */

/** How apache-arrow numbers the types. */
export const typeIds = {
  null: 1,
  int: 2,
  float: 3,
  binary: 4,
  utf8: 5,
  bool: 6,
  date: 8,
  timestamp: 10,
  list: 12,
  struct: 13,
  largeBinary: 19,
  largeUtf8: 20,
  dictionary: -1,
} as const;

/** Elements of a value that are read, and how deep: a summary shows fewer. Buffers may refer to themselves. */
const MOST_ELEMENTS = 10_000;
const DEEPEST = 20;
const DAY_MS = 86_400_000;
/** How many there are in a second, by the unit of a type: seconds up to nanoseconds. */
const perSecond = [1n, 1000n, 1_000_000n, 1_000_000_000n];

/** Reads one value of a table. */
export class ArrowReader {
  #left = MOST_ELEMENTS;

  valueAt(data: unknown, index: number, depth = 0): unknown {
    const type = own(data, 'type');
    const values = own(data, 'values');
    if (isNull(data, index)) return null;
    if (--this.#left < 0 || depth > DEEPEST) return '…';
    switch (numberOf(own(type, 'typeId'))) {
      case typeIds.int:
        return elementOf(values, index) ?? '…';
      case typeIds.float:
        return types.isUint16Array(values) ? '…' : (elementOf(values, index) ?? '…');
      case typeIds.binary:
      case typeIds.largeBinary:
        return bytesOf(values, span(data, index));
      case typeIds.utf8:
      case typeIds.largeUtf8:
        return Buffer.from(bytesOf(values, span(data, index)).buffer).toString();
      case typeIds.bool:
        return bit(values, numberOf(own(data, 'offset')) + index);
      case typeIds.date:
      case typeIds.timestamp:
        return timeAt(type, elementOf(values, index));
      case typeIds.list:
        return this.#elements(data, span(data, index), depth);
      case typeIds.struct:
        return this.#fields(data, index, depth);
      case typeIds.dictionary:
        return this.#entry(data, Number(elementOf(values, index)), depth);
      default:
        return '…';
    }
  }

  #elements(data: unknown, [start, end]: readonly [number, number], depth: number): unknown[] {
    const elements = own(own(data, 'children'), 0);
    const found: unknown[] = [];
    for (let at = start; at < end && this.#left > 0; at++) found.push(this.valueAt(elements, at, depth + 1));
    return found;
  }

  #fields(data: unknown, index: number, depth: number): object {
    const fields = listOf(own(own(data, 'type'), 'children')) ?? [];
    const parts: [string, unknown][] = [];
    for (let at = 0; at < fields.length && this.#left > 0; at++)
      parts.push([
        textOf(own(own(fields, at), 'name')),
        this.valueAt(own(own(data, 'children'), at), index, depth + 1),
      ]);
    return Object.fromEntries(parts) as object;
  }

  /** An entry of a dictionary, which may be in several pieces. */
  #entry(data: unknown, index: number, depth: number): unknown {
    const pieces = listOf(own(own(data, 'dictionary'), 'data')) ?? [];
    let rest = index;
    for (let at = 0; at < pieces.length && this.#left > 0; at++, this.#left--) {
      const length = numberOf(own(own(pieces, at), 'length'));
      if (rest < length) return this.valueAt(own(pieces, at), rest, depth + 1);
      rest -= length;
    }
    return null;
  }
}

/** Of a typed array, whose elements no class can tell; undefined where there is none. */
function elementOf(values: unknown, index: number): number | bigint | undefined {
  return types.isTypedArray(values) ? values[index] : undefined;
}

function isNull(data: unknown, index: number): boolean {
  if (numberOf(own(own(data, 'type'), 'typeId')) === typeIds.null) return true;
  const bitmap = own(data, 'nullBitmap');
  return types.isUint8Array(bitmap) && lengthOf(bitmap) !== 0 && !bit(bitmap, numberOf(own(data, 'offset')) + index);
}

/** A copy, made without a method of the array. */
function bytesOf(values: unknown, [start, end]: readonly [number, number]): Uint8Array<ArrayBuffer> {
  const bytes = types.isUint8Array(values) ? values : new Uint8Array(0);
  const copy = new Uint8Array(Math.max(0, Math.min(end, lengthOf(bytes) ?? 0) - start) || 0);
  for (let at = 0; at < copy.length; at++) copy[at] = bytes[start + at] ?? 0;
  return copy;
}

function bit(bytes: unknown, at: number): boolean {
  return types.isUint8Array(bytes) && ((bytes[at >> 3] ?? 0) & (1 << (at % 8))) !== 0;
}

/** From 0; empty where the offsets are no numbers. */
function span(data: unknown, index: number): [number, number] {
  const offsets = own(data, 'valueOffsets');
  const [start, end] = [Number(elementOf(offsets, index)), Number(elementOf(offsets, index + 1))];
  return start >= 0 && end >= start ? [start, end] : [0, 0];
}

/** With all digits, in UTC. */
function timeAt(type: unknown, value: number | bigint | undefined): unknown {
  if (value === undefined || (typeof value === 'number' && !Number.isInteger(value))) return '…';
  const unit = numberOf(own(type, 'unit'));
  if (numberOf(own(type, 'typeId')) === typeIds.date)
    return isoOf(unit === 0 ? Number(value) * DAY_MS : Number(value))?.[0] ?? value;
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
