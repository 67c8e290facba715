import { types } from 'node:util';

/** There is nothing, or only code of the user knows it. */
export const ABSENT = Symbol('absent');

/** The value of a property of the object itself; an accessor is not read. */
export function own(holder: unknown, name: PropertyKey): unknown {
  if (typeof holder !== 'object' || holder === null || types.isProxy(holder)) return ABSENT;
  const found = Reflect.getOwnPropertyDescriptor(holder, name);
  return found && 'value' in found ? found.value : ABSENT;
}
