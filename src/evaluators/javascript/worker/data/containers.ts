import { types } from 'node:util';

/* As they were before code of the user could replace them. */
const { apply, getPrototypeOf } = Reflect;
const { keys } = Object;
const ofObjects = Object.prototype;
const entriesOfMap = methodOf(Map.prototype, 'entries');
const nextOfMap = methodOf(getPrototypeOf(new Map().entries()), 'next');
const valuesOfSet = methodOf(Set.prototype, 'values');
const nextOfSet = methodOf(getPrototypeOf(new Set().values()), 'next');

type Callable = (this: unknown, ...args: unknown[]) => unknown;

/** What a map has, by its own iterator, whatever a subclass says. */
export function entriesOf(map: Map<unknown, unknown>): (readonly [unknown, unknown])[] {
  return all(nextOfMap, apply(entriesOfMap, map, [])) as [unknown, unknown][];
}

export function membersOf(set: Set<unknown>): unknown[] {
  return all(nextOfSet, apply(valuesOfSet, set, []));
}

/** The names in an object that is of no class; undefined for others. */
export function namesIn(value: object): string[] | undefined {
  const prototype = types.isProxy(value) ? undefined : getPrototypeOf(value);
  return prototype === ofObjects || prototype === null ? keys(value) : undefined;
}

function all(next: Callable, iterator: unknown): unknown[] {
  const found: unknown[] = [];
  for (;;) {
    const { done, value } = apply(next, iterator, []) as { done: boolean; value: unknown };
    if (done) return found;
    found[found.length] = value;
  }
}

function methodOf(prototype: object | null, name: string): Callable {
  return Reflect.getOwnPropertyDescriptor(prototype ?? {}, name)?.value as Callable;
}
