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
