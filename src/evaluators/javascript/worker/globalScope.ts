/** The global scope, which a program can hide with its own `globalThis`. */
export const scope = globalThis as unknown as Record<string | symbol, unknown>;

/** Adds a global that programs can replace, and that is not listed among the user's variables. */
export function define(name: string | symbol, value: unknown): void {
  Object.defineProperty(scope, name, { value, configurable: true, writable: true, enumerable: false });
}

/** Makes a built-in accessor, such as `crypto`, replaceable by a declaration of its name. */
export function makeRoom(name: string): void {
  const found = Object.getOwnPropertyDescriptor(scope, name);
  if (found?.get && found.configurable) define(name, undefined);
}
