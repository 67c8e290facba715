import { types } from 'node:util';

/** The property that a read of `holder[name]` finds, without running user code: it ends at a proxy. */
export function descriptorOf(holder: unknown, name: PropertyKey): PropertyDescriptor | undefined {
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

/** Whether a proxy stands behind an object, where inspecting the object would ask it. */
export function inheritsFromProxy(value: unknown): boolean {
  let object = typeof value === 'object' ? value : null;
  while (object !== null && !types.isProxy(object)) object = Object.getPrototypeOf(object) as object | null;
  return object !== null && object !== value;
}
