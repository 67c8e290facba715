import { types } from 'node:util';

/**
 * The property that a read of `holder[name]` finds, without running user code: it ends at a proxy. The stack of an
 * error is not read, because it is only written then, with a name that the user's class may compute.
 */
export function descriptorOf(holder: unknown, name: PropertyKey): PropertyDescriptor | undefined {
  if (name === 'stack' && types.isNativeError(holder)) return undefined;
  for (let object = toObject(holder); object; object = toObject(Object.getPrototypeOf(object))) {
    const found = Object.getOwnPropertyDescriptor(object, name);
    if (found) return found;
  }
  return undefined;
}

/** A value as an object whose properties can be looked at; undefined for a proxy, which would notice. */
export function toObject(value: unknown): object | undefined {
  if (value === null || value === undefined || types.isProxy(value)) return undefined;
  return Object(value) as object;
}
