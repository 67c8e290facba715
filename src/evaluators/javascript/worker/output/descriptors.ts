import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** The streams of the command that code runs for, as far as what does not write through `process.stdout` needs them. */
export interface Streams {
  /** Where to write next to a stream. */
  descriptor(stream: 0 | 1): number;
  /** What children are to inherit as descriptors 1 and 2. */
  lend(): readonly [number, number];
  /** Somebody else may have written meanwhile. */
  expectForeignWrites(): void;
  /** Keeps the descriptors open until the returned function is called. */
  hold(): () => void;
}

/** What takes a descriptor first, and writes to it. */
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

/** Leads writes to descriptors 1 and 2 to the command's FIFOs, unless the person's code has put something else there. */
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

/** Puts a function in another's place, with its name and what hangs on it, such as `util.promisify.custom`. */
export function replace(module: object, name: string, by: (...args: never[]) => unknown): void {
  const plain = (module as Record<string, unknown>)[name] as object;
  Object.defineProperties(by, Object.getOwnPropertyDescriptors(plain));
  (module as Record<string, unknown>)[name] = by;
}
