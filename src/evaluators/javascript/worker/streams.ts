import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Writable } from 'node:stream';
import { currentCommand, type StreamIndex, writeForNobody } from './command.js';

/** `process.stdout` or `process.stderr`: what is written has gone to the command's FIFO when `write` returns. */
class CommandStream extends Writable {
  readonly fd: 1 | 2;
  readonly isTTY = false;

  constructor(private readonly index: StreamIndex) {
    super();
    this.fd = index === 0 ? 1 : 2;
  }

  /** Without Writable's own queue: an interrupt in the middle of it would leave it waiting for ever. */
  override write(chunk: unknown, ...rest: unknown[]): boolean {
    const [encoding] = rest;
    const bytes =
      typeof chunk === 'string'
        ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
        : asBytes(chunk);
    const command = currentCommand();
    if (command) command.write(this.index, bytes);
    else writeForNobody(this.index, bytes);
    const written = rest.find((argument) => typeof argument === 'function') as (() => void) | undefined;
    if (written) process.nextTick(written);
    return true;
  }

  /** Ends nothing: the next command writes here too. */
  override end(...args: unknown[]): this {
    const [chunk] = args;
    if (chunk !== undefined && typeof chunk !== 'function') this.write(chunk);
    const finished = args.find((argument) => typeof argument === 'function') as (() => void) | undefined;
    if (finished) process.nextTick(finished);
    return this;
  }

  override destroy(): this {
    return this;
  }
}

function asBytes(chunk: unknown): Buffer {
  if (ArrayBuffer.isView(chunk)) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError('The "chunk" argument must be of type string or an instance of Buffer, TypedArray, or DataView.');
}

const streams = [new CommandStream(0), new CommandStream(1)] as const;

/** Puts the streams where they belong; again before each command, since the one before may have replaced them. */
export function placeStreams(): void {
  for (const [index, name] of (['stdout', 'stderr'] as const).entries()) {
    Object.defineProperty(process, name, {
      value: streams[index],
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
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
export function leadDescriptors(): void {
  const own = [1, 2].map((descriptor) => fs.fstatSync(descriptor).ino);
  const isOwn = (descriptor: number): boolean => fs.fstatSync(descriptor).ino === own[descriptor - 1];
  for (const name of writers) {
    const plain = fs[name] as (...args: unknown[]) => unknown;
    const led = (target: unknown, ...rest: unknown[]): unknown => {
      if ((target !== 1 && target !== 2) || !isOwn(target)) return plain(target, ...rest);
      return plain(currentCommand()?.descriptor(target === 1 ? 0 : 1) ?? target, ...rest);
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
