import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** The streams of the command that code runs for, for writers that do not use `process.stdout`. */
export interface Streams {
  /** The descriptor for the next write to a stream. */
  descriptor(stream: 0 | 1): number;
  /** The descriptors that children inherit as 1 and 2. */
  lend(): readonly [number, number];
  /** Other writers may have written in the meantime. */
  expectForeignWrites(): void;
  /** Keeps the descriptors open until the returned function is called. */
  hold(): () => void;
}

/** Functions whose first argument is a descriptor that they write to. */
const writers = [
  'write',
  'writeSync',
  'writev',
  'writevSync',
  'writeFile',
  'writeFileSync',
  'appendFile',
  'appendFileSync',
] as const;

/**
 * Redirects writes to descriptors 1 and 2 to the FIFOs of the command, unless the user's code has replaced the
 * descriptors.
 */
export function leadDescriptors(current: () => Streams | undefined): void {
  const own = [1, 2].map((descriptor) => fs.fstatSync(descriptor).ino);
  const isOwn = (descriptor: number): boolean => fs.fstatSync(descriptor).ino === own[descriptor - 1];
  for (const name of writers) {
    const plain = fs[name] as (...args: unknown[]) => unknown;
    const led = (target: unknown, ...rest: unknown[]): unknown => {
      if ((target !== 1 && target !== 2) || !isOwn(target)) return plain(target, ...rest);
      return plain(current()?.descriptor(target === 1 ? 0 : 1) ?? target, ...rest);
    };
    replace(fs, name, led);
  }
  syncBuiltinESMExports();
}

/** Replaces a function, and keeps its name and properties, such as `util.promisify.custom`. */
export function replace(module: object, name: string, by: (...args: never[]) => unknown): void {
  const plain = (module as Record<string, unknown>)[name] as object;
  Object.defineProperties(by, Object.getOwnPropertyDescriptors(plain));
  (module as Record<string, unknown>)[name] = by;
}
