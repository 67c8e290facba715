import { types } from 'node:util';
import { partsOf } from './parts.js';

/** What `util.inspect` reads of an object by name, so that an accessor of the user would run. */
const readByName = [Symbol.toStringTag, 'size', 'length', 'name', 'message', 'cause', 'errors'] as const;
/** ... and of regular expressions, whose flags are told by further names. */
const readOfExpressions = 'source flags hasIndices global ignoreCase multiline dotAll unicode unicodeSets sticky'.split(
  ' ',
);
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
  if (readByName.some(isAccessor) || (holder !== value && isAccessor('stack'))) return true;
  if (types.isRegExp(value) && readOfExpressions.some(isAccessor)) return true;
  const maker: unknown = Reflect.getOwnPropertyDescriptor(holder, 'constructor')?.value;
  if (typeof maker === 'function' && namesItself(maker)) return true;
  return (
    (types.isMap(value) || types.isSet(value)) &&
    Reflect.getOwnPropertyDescriptor(holder, Symbol.iterator) !== undefined
  );
}

const ofFunctions: object = Function.prototype;

/** Whether the name of a class is told, or its instances are recognized, by code of the user. */
function namesItself(maker: object): boolean {
  for (let object: object | null = maker; object && object !== ofFunctions; object = Reflect.getPrototypeOf(object)) {
    if (types.isProxy(object) || Reflect.getOwnPropertyDescriptor(object, 'name')?.get) return true;
    if (Reflect.getOwnPropertyDescriptor(object, Symbol.hasInstance)) return true;
  }
  return false;
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
