import { Writable } from 'node:stream';
import { currentCommand, type StreamIndex, writeForNobody } from '../command.js';

const bytesOf = Buffer.from.bind(Buffer) as (text: string, encoding: BufferEncoding) => Buffer;
const soon = process.nextTick.bind(process) as (run: () => void) => void;

/** `process.stdout` or `process.stderr`: the text is in the FIFO of the command when `write` returns. */
class CommandStream extends Writable {
  readonly #index: StreamIndex;

  /** Set once the width of the panel is known. */
  declare columns?: number | undefined;
  readonly fd: 1 | 2;
  readonly isTTY = false;

  constructor(index: StreamIndex) {
    super({ autoDestroy: false, emitClose: false });
    this.#index = index;
    this.fd = index === 0 ? 1 : 2;
  }

  /** Without the queue of Writable: an interrupt in the middle of it would leave it waiting forever. */
  override write(chunk: unknown, ...rest: unknown[]): boolean {
    const encoding = rest[0]; // a pattern would call the user's iterator
    const bytes =
      typeof chunk === 'string'
        ? bytesOf(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
        : asBytes(chunk);
    const command = currentCommand();
    if (command) command.write(this.#index, bytes);
    else writeForNobody(this.#index, bytes);
    // oxlint-disable-next-line typescript/prefer-for-of -- that would call the user's iterator
    for (let index = 0; index < rest.length; index++) {
      if (typeof rest[index] === 'function') soon(rest[index] as () => void);
    }
    return true;
  }

  /** Does not end the stream, because the next command also uses it, but reports the end to whoever waits for it. */
  override end(...args: unknown[]): this {
    const [chunk, encoding] = args;
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') this.write(chunk, encoding);
    const finished = args.find((argument) => typeof argument === 'function') as (() => void) | undefined;
    process.nextTick(() => {
      finished?.();
      this.emit('finish');
    });
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

export const streams = [new CommandStream(0), new CommandStream(1)] as const;

/** Puts the streams in place; again before each command, because the previous one may have replaced them. */
export function placeStreams(): void {
  for (const [index, name] of (['stdout', 'stderr'] as const).entries()) {
    Reflect.defineProperty(process, name, {
      value: streams[index],
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
}

/**
 * Has the console take its streams again when it next writes: one that a preloaded module has used keeps those of then,
 * with which it would write past the commands. A console of the user's own has no setters there.
 */
export function renewConsole(): void {
  for (const name of ['_stdout', '_stderr']) {
    Object.getOwnPropertyDescriptor(console, name)?.set?.call(console, undefined);
  }
}
