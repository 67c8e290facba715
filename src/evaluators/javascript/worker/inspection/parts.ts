import { types } from 'node:util';

/**
 * A part of a value: its label, the code that leads from the value to it, and itself unless only an accessor knows it.
 */
export interface Part {
  readonly label: string;
  readonly code?: string;
  readonly property: PropertyDescriptor;
  /** Of an entry of a map, or of a property. */
  readonly key?: unknown;
}

/** How many parts there are, and what reads those from `start` up to `stop`. */
export interface Parts {
  readonly total: number;
  read(start: number, stop: number): Part[];
}

/** Entries of a map or set have to be counted off. */
const MOST_SKIPPED = 20_000;
const LONGEST_KEY = 80;

/* As they were before code of the user could replace them. */
const { apply, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const { keys: enumerableKeys } = Object;
const lengthOfTyped = getterOf(getPrototypeOf(Uint8Array.prototype), 'length');
const bytesOfTyped = getterOf(getPrototypeOf(Uint8Array.prototype), 'byteLength');
const sizeOfMap = getterOf(Map.prototype, 'size');
const sizeOfSet = getterOf(Set.prototype, 'size');
const mapEntries = methodOf(Map.prototype, 'entries');
const setValues = methodOf(Set.prototype, 'values');
const nextOfMap = methodOf(getPrototypeOf(new Map().entries()), 'next');
const nextOfSet = methodOf(getPrototypeOf(new Set().values()), 'next');

const NONE: Parts = { total: 0, read: () => [] };

/** How many elements it holds by its own count, not by what a subclass says. Undefined for what holds none. */
export function lengthOf(value: unknown): number | undefined {
  if (types.isProxy(value)) return undefined;
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  if (types.isTypedArray(value)) return Number(apply(lengthOfTyped, value, []));
  if (types.isMap(value)) return Number(apply(sizeOfMap, value, []));
  return types.isSet(value) ? Number(apply(sizeOfSet, value, [])) : undefined;
}

/** How many bytes the items of a typed array take, by its own count. */
export function bytesOf(value: unknown): number | undefined {
  return types.isTypedArray(value) ? Number(apply(bytesOfTyped, value, [])) : undefined;
}

/** The items of arrays, maps and sets, or the properties of other objects. Calls nothing of the user's. */
export function partsOf(value: unknown, keyText: (key: unknown) => string): Parts {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return NONE;
  const length = lengthOf(value);
  if (length === undefined) return propertiesOf(value);
  if (types.isMap(value)) {
    return counted(length, nextOfMap, apply(mapEntries, value, []), (entry) => {
      const [key, one] = entry as [unknown, unknown];
      return { label: keyText(key), key, ...getCode(key), property: { value: one } };
    });
  }
  if (types.isSet(value)) {
    const part = (one: unknown, at: number) => ({ label: `{${String(at)}}`, property: { value: one } });
    return counted(length, nextOfSet, apply(setValues, value, []), part);
  }
  return indexed(length, (at) => getOwnPropertyDescriptor(value, at));
}

/** The part that the positions lead to, each among the parts of the one before; undefined when it is gone. */
export function follow(
  whole: PropertyDescriptor | undefined,
  path: readonly number[],
  keyText: (key: unknown) => string,
): PropertyDescriptor | undefined {
  return path.reduce<PropertyDescriptor | undefined>(
    (found, at) => found && partsOf(found.value, keyText).read(at, at + 1)[0]?.property,
    whole,
  );
}

function indexed(total: number, item: (at: number) => PropertyDescriptor | undefined): Parts {
  return {
    total,
    read: (start, stop) =>
      range(start, Math.min(stop, total)).map((at) => {
        const label = `[${String(at)}]`;
        return { label, code: label, property: item(at) ?? { value: undefined } };
      }),
  };
}

function counted(size: number, step: Callable, iterator: unknown, part: (one: unknown, at: number) => Part): Parts {
  const total = Math.min(size, MOST_SKIPPED);
  return {
    total,
    read: (start, stop) => {
      const found: Part[] = [];
      for (let at = 0; at < Math.min(stop, total); at++) {
        const next = apply(step, iterator, []) as IteratorResult<unknown, undefined>;
        if (next.done) break;
        if (at >= start) found[found.length] = part(next.value, at);
      }
      return found;
    },
  };
}

function propertiesOf(value: object): Parts {
  // The stack of an error is written when it is first read, with a name that the user's class may compute.
  const keys = types.isNativeError(value)
    ? ownKeys(value).filter((key): key is string => typeof key === 'string' && key !== 'stack')
    : enumerableKeys(value);
  return {
    total: keys.length,
    read: (start, stop) =>
      keys.slice(start, stop).map((key) => ({
        ...(key.length > LONGEST_KEY
          ? { label: `${key.slice(0, LONGEST_KEY)}…` }
          : { label: key, code: accessTo(key) }),
        key,
        property: getOwnPropertyDescriptor(value, key) ?? { value: undefined },
      })),
  };
}

function accessTo(key: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** How an entry of a map is written in code, if its key can be. */
function getCode(key: unknown): { code?: string } {
  const isShort = typeof key === 'string' && key.length <= LONGEST_KEY;
  return isShort || typeof key === 'number' ? { code: `.get(${JSON.stringify(key)})` } : {};
}

function range(start: number, stop: number): number[] {
  return Array.from({ length: Math.max(0, stop - start) }, (_, index) => start + index);
}

type Callable = (this: unknown, ...args: unknown[]) => unknown;

function getterOf(prototype: object | null, name: string): Callable {
  return (prototype && getOwnPropertyDescriptor(prototype, name)?.get) as Callable;
}

function methodOf(prototype: object | null, name: string): Callable {
  return (prototype && getOwnPropertyDescriptor(prototype, name)?.value) as Callable;
}
