import { closeSync, constants, openSync, readSync } from 'node:fs';
import { type OnReadOpts, Socket, type SocketConstructorOpts } from 'node:net';
import type { StreamReader, StreamSink } from './workerEndpoint.js';

const CHUNK = 1 << 18;
/** More than any pipe holds. */
const LARGEST_PIPE = 1 << 21;
/** Shared by all readers: the result of a read is passed on before the next read. */
const readBuffer = Buffer.allocUnsafeSlow(CHUNK);
const drainBuffer = Buffer.allocUnsafeSlow(CHUNK);

/**
 * Reads a FIFO until its last writer is gone. While the worker asks the kernel whether a pair is free, there is briefly
 * no writer: in that case, the FIFO is opened again, as long as its name exists.
 */
export class FifoReader implements StreamReader {
  readonly #path: string;
  readonly #sink: StreamSink;

  #descriptor = -1;
  #socket: Socket | undefined;
  #reopens = true;
  #reads = true;
  #hasEnded = false;

  constructor(path: string, sink: StreamSink) {
    this.#path = path;
    this.#sink = sink;
    const problem = this.#open();
    if (problem)
      process.nextTick(() => {
        this.#end(problem);
      });
  }

  expectEnd(): void {
    this.#reopens = false;
  }

  /** The worker has died: delivers what has been written and, unless a process still holds the stream, its end. */
  finish(): void {
    this.expectEnd();
    this.drain();
    if (!this.#isOpen) this.#end();
  }

  /** Whether to read, or to let the writers wait. */
  readOn(reads: boolean): void {
    this.#reads = reads;
    if (reads) this.#socket?.resume();
    else this.#socket?.pause();
  }

  /** Synchronous: what was written is in the buffer of the FIFO. Without a writer, nothing more will come. */
  drain(): void {
    let taken = 0;
    while (this.#isOpen && taken < LARGEST_PIPE) {
      let size: number;
      try {
        size = readSync(this.#descriptor, drainBuffer, 0, CHUNK, null);
      } catch {
        return; // EAGAIN: nothing to read, and there are writers left
      }
      if (size === 0) {
        this.#socket?.destroy(); // a FIFO that was opened without a writer never reports that there is none
        return;
      }
      taken += size;
      this.#sink.data(drainBuffer.subarray(0, size));
    }
  }

  /** A destroyed socket has closed its descriptor, whose number may already belong to another file. */
  get #isOpen(): boolean {
    return this.#descriptor >= 0 && this.#socket?.destroyed === false;
  }

  dispose(): void {
    this.#reopens = false;
    this.#descriptor = -1;
    this.#socket?.destroy();
  }

  /** Opens the FIFO, and returns the error if that is not possible. */
  #open(): NodeJS.ErrnoException | undefined {
    try {
      this.#descriptor = openSync(this.#path, constants.O_RDONLY | constants.O_NONBLOCK);
    } catch (error) {
      return error as NodeJS.ErrnoException;
    }
    const descriptor = this.#descriptor;
    try {
      // `onread` is documented for connect() only, but the constructor reads it: no copies and no hidden buffering
      const options: SocketConstructorOpts & { onread: OnReadOpts } = {
        fd: descriptor,
        readable: true,
        writable: false,
        onread: {
          buffer: readBuffer,
          callback: (size, buffer) => {
            this.#sink.data((buffer as Buffer).subarray(0, size));
            return true;
          },
        },
      };
      this.#socket = new Socket(options);
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
    if (!this.#reads) this.#socket.pause();
    this.#socket.on('error', () => undefined); // followed by 'close'
    this.#socket.on('close', () => {
      this.#onClose(descriptor);
    });
    return undefined;
  }

  #onClose(descriptor: number): void {
    if (this.#descriptor === descriptor) this.#descriptor = -1;
    const problem = this.#reopens ? this.#open() : undefined;
    if (problem || !this.#reopens) this.#end(problem);
  }

  #end(problem?: NodeJS.ErrnoException): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#sink.end(problem && !isMissing(problem) ? problem : undefined);
  }
}

/** The name is gone: the worker has retired the pair. */
function isMissing({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOENT';
}
