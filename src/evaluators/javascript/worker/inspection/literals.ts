import { types } from 'node:util';
import { lengthOf, type Part, partsOf } from './parts.js';
import { isShort } from './integers.js';

const LONGEST = 100_000;
const DEEPEST = 30;

/* As it was before code of the user could replace it. */
const timeOf = Reflect.getOwnPropertyDescriptor(Date.prototype, 'getTime')?.value as (this: unknown) => number;

/** What stands around the parts of a container, by its prototype: an instance of a subclass is not made so. */
const brackets = new Map<object | null, readonly [opening: string, closing: string]>([
  [Object.prototype, ['{', '}']],
  [Array.prototype, ['[', ']']],
  [Map.prototype, ['new Map([', '])']],
  [Set.prototype, ['new Set([', '])']],
]);
for (const name of [
  'Int8',
  'Uint8',
  'Uint8Clamped',
  'Int16',
  'Uint16',
  'Int32',
  'Uint32',
  'Float32',
  'Float64',
] as const)
  brackets.set(globalThis[`${name}Array`].prototype, [`new ${name}Array([`, '])']);

/** A value written as code that makes it again, of at most 100,000 characters; undefined if there is no such code. */
export function codeOf(value: unknown): string | undefined {
  return new Writer().write(value, 0);
}

class Writer {
  #left = LONGEST;

  write(value: unknown, depth: number): string | undefined {
    if (depth > DEEPEST) return undefined;
    if (typeof value !== 'object' || value === null) return this.#taken(this.#primitive(value));
    if (types.isProxy(value)) return undefined;
    if (types.isDate(value)) return this.#taken(`new Date(${String(Reflect.apply(timeOf, value, []))})`);
    const [opening, closing] = brackets.get(Reflect.getPrototypeOf(value)) ?? [];
    if (opening === undefined || closing === undefined) return undefined;
    const parts = partsOf(value, () => '');
    if (parts.total > this.#left || !isWhole(value, parts.total)) return undefined;
    const texts: string[] = [];
    for (const part of parts.read(0, parts.total)) {
      const text = this.#part(value, part, depth + 1);
      if (text === undefined) return undefined;
      texts.push(text);
    }
    return opening + texts.join(', ') + closing;
  }

  #part(whole: object, { key, property }: Part, depth: number): string | undefined {
    const value = 'value' in property ? this.write(property.value, depth) : undefined;
    if (value === undefined) return undefined;
    if (types.isMap(whole)) {
      const written = this.write(key, depth);
      return written === undefined ? undefined : `[${written}, ${value}]`;
    }
    if (lengthOf(whole) !== undefined) return value;
    if (typeof key !== 'string' || key === '__proto__' || key.length > this.#left) return undefined;
    const name = this.#taken(JSON.stringify(key));
    return name === undefined ? undefined : `${name}: ${value}`;
  }

  #primitive(value: unknown): string | undefined {
    if (typeof value === 'string') return value.length > this.#left ? undefined : JSON.stringify(value);
    if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
    if (typeof value === 'bigint') return isShort(value) ? `${String(value)}n` : undefined;
    return value === null || value === undefined || typeof value === 'boolean' ? String(value) : undefined;
  }

  #taken(text: string | undefined): string | undefined {
    this.#left -= (text?.length ?? 0) + 2;
    return this.#left < 0 ? undefined : text;
  }
}

/** Whether the parts are all there is. */
function isWhole(value: object, total: number): boolean {
  const length = lengthOf(value);
  return length === undefined
    ? !types.isArgumentsObject(value) && !types.isBoxedPrimitive(value) && Reflect.ownKeys(value).length === total
    : length === total;
}
