import { types } from 'node:util';
import { partsOf } from './parts.js';

/** What `util.inspect` reads of an object by name, so that an accessor of the user would run. */
const readByName = [Symbol.toStringTag, 'size', 'name', 'message', 'cause'] as const;
/** As many items, and as deep, as a summary shows. */
const MOST_ITEMS = 20;
const DEPTH = 2;

/** Whether `util.inspect` tells what a value is without calling what a class of the user defines. */
export function isSafeToInspect(value: unknown, depth = DEPTH): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || types.isProxy(value)) return true;
  for (
    let object: object | null = value;
    object && !isBuiltInPrototype(object);
    object = Reflect.getPrototypeOf(object)
  ) {
    if (types.isProxy(object) || wouldRun(value, object)) return false;
  }
  if (depth === 0) return true;
  const parts = partsOf(value, () => '').read(0, MOST_ITEMS);
  return parts.every(
    ({ property, key }) => isSafeToInspect(property.value, depth - 1) && isSafeToInspect(key, depth - 1),
  );
}

function wouldRun(value: object, holder: object): boolean {
  const isAccessor = (name: PropertyKey) => Reflect.getOwnPropertyDescriptor(holder, name)?.get !== undefined;
  if (readByName.some(isAccessor)) return true;
  return (
    (types.isMap(value) || types.isSet(value)) &&
    Reflect.getOwnPropertyDescriptor(holder, Symbol.iterator) !== undefined
  );
}

const builtIn = new Set<object>(
  Object.getOwnPropertyNames(globalThis).flatMap((name) => {
    const found: unknown = Reflect.getOwnPropertyDescriptor(globalThis, name)?.value;
    const prototype: unknown =
      typeof found === 'function' ? Reflect.getOwnPropertyDescriptor(found, 'prototype')?.value : undefined;
    return typeof prototype === 'object' && prototype !== null ? [prototype] : [];
  }),
);
for (const prototype of [...builtIn]) {
  const above = Reflect.getPrototypeOf(prototype);
  if (above) builtIn.add(above);
}

/** Whether it is a prototype of the language or of Node.js, whose accessors are not the user's. */
export function isBuiltInPrototype(object: object): boolean {
  return builtIn.has(object);
}
