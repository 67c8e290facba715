import { types } from 'node:util';

/** In characters. */
const LONGEST = 1000;
/** There is nothing, or only code of the user knows it. */
export const ABSENT = Symbol('absent');

/** The value of a property of the object itself; an accessor is not read. */
export function own(holder: unknown, name: PropertyKey): unknown {
  if (typeof holder !== 'object' || holder === null || types.isProxy(holder)) return ABSENT;
  const found = Reflect.getOwnPropertyDescriptor(holder, name);
  return found && 'value' in found ? found.value : ABSENT;
}

/** A plain array, without code of the user behind it. */
export function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) && !types.isProxy(value) ? value : undefined;
}

/** NaN for what is no number, which only code of the user might turn into one. */
export function numberOf(value: unknown): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;
}

/** Empty for what is no text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, LONGEST) : '';
}
