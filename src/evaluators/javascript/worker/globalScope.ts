/** The global scope, which a program's own `globalThis` would hide. */
export const scope = globalThis as unknown as Record<string | symbol, unknown>;

/** Adds a global that programs may replace, and that listings of the person's variables leave out. */
export function define(name: string | symbol, value: unknown): void {
  Object.defineProperty(scope, name, { value, configurable: true, writable: true, enumerable: false });
}

/** A built-in that is an accessor, such as `crypto`, gives way to a declaration of its name. */
export function makeRoom(name: string): void {
  const found = Object.getOwnPropertyDescriptor(scope, name);
  if (found?.get && found.configurable) define(name, undefined);
}
