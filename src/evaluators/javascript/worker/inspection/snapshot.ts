import { types } from 'node:util';
import { isBuiltInPrototype } from './builtInPrototypes.js';
import { lengthOf } from './parts.js';

/** A summary shows as many levels. */
const DEPTH = 2;
const MOST_KEYS = 32;
const LONGEST_CONSTANT = 200;

const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const { is } = Object;

/**
 * What a summary of the value is made of, if that is little, and keeps nothing alive: the value itself if it is a
 * constant, or the keys and the constants of a plain object or array and of those in it.
 */
export function snapshotOf(value: unknown): readonly unknown[] | undefined {
  const seen: unknown[] = [];
  return walk(value, 0, (one) => seen.push(one) > 0) ? seen : undefined;
}

/** Whether a summary of the value would be the same as when the snapshot was taken. */
export function isAsBefore(value: unknown, snapshot: readonly unknown[]): boolean {
  let at = 0;
  return walk(value, 0, (one) => is(one, snapshot[at++])) && at === snapshot.length;
}

/** Whether all of it is of known kinds, and `see` accepts each piece. */
function walk(value: unknown, depth: number, see: (piece: unknown) => boolean): boolean {
  if (typeof value === 'string') return value.length <= LONGEST_CONSTANT && see(value);
  if (typeof value === 'function') return false;
  if (typeof value !== 'object' || value === null) return see(value);
  if (depth === DEPTH || !isPlain(value, depth === 0)) return false;
  const keys = ownKeys(value);
  if (keys.length > MOST_KEYS || !see(keys.length)) return false;
  return keys.every((key) => {
    const property = getOwnPropertyDescriptor(value, key);
    if (typeof key === 'symbol' || !property || !('value' in property)) return false;
    return see(key) && see(property.enumerable) && walk(property.value, depth + 1, see);
  });
}

/** An array, or an object without slots of its own. Of a class it may only be if its type is looked at besides. */
function isPlain(value: object, canBeOfClass: boolean): boolean {
  if (types.isProxy(value)) return false;
  const prototype = getPrototypeOf(value);
  if (Array.isArray(value)) return prototype === Array.prototype;
  if (prototype === Object.prototype) return !types.isArgumentsObject(value) && !isExotic(value);
  if (!canBeOfClass || prototype === null || types.isProxy(prototype) || isBuiltInPrototype(prototype)) return false;
  return getPrototypeOf(prototype) === Object.prototype && !isExotic(value);
}

function isExotic(value: object): boolean {
  return (
    lengthOf(value) !== undefined ||
    types.isDate(value) ||
    types.isRegExp(value) ||
    types.isNativeError(value) ||
    types.isPromise(value) ||
    types.isAnyArrayBuffer(value) ||
    types.isBoxedPrimitive(value) ||
    ArrayBuffer.isView(value)
  );
}
