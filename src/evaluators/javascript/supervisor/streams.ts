import path from 'node:path';
import { FifoReader } from '../../../engine/link/fifoReader.js';

export interface StreamsHandler {
  /** As a view that is only valid during the call. */
  data(stream: number, bytes: Buffer): void;
  ended(stream: number, problem?: Error): void;
}

/**
 * The streams of the worker's commands that have not ended. That of a pair with index 0 or 1 has number 2 * pair +
 * index.
 */
export class Streams {
  readonly #directory: string;
  readonly #handler: StreamsHandler;
  readonly #readers = new Map<number, FifoReader>();
  #reads = true;

  constructor(directory: string, handler: StreamsHandler) {
    this.#directory = directory;
    this.#handler = handler;
  }

  open(pair: number): void {
    for (const index of [0, 1]) {
      const number = 2 * pair + index;
      const reader = new FifoReader(path.join(this.#directory, `${String(pair)}.${String(index)}`), {
        data: (bytes) => {
          this.#handler.data(number, bytes);
        },
        end: (problem) => {
          if (this.#readers.get(number) === reader) this.#end(number, problem);
        },
      });
      this.#readers.set(number, reader);
      if (!this.#reads) reader.readOn(false);
    }
  }

  /** Stops reading them: whoever writes there gets an error from now on. */
  close(pair: number): void {
    for (const number of [2 * pair, 2 * pair + 1]) {
      this.#readers.get(number)?.dispose();
      if (this.#readers.has(number)) this.#end(number);
    }
  }

  /** Whether to read, or to let the writers wait. */
  readOn(reads: boolean): void {
    this.#reads = reads;
    for (const reader of this.#readers.values()) reader.readOn(reads);
  }

  /** Delivers what has been written to these so far; to all by default. */
  drain(numbers: Iterable<number> = [...this.#readers.keys()]): void {
    for (const number of numbers) this.#readers.get(number)?.drain();
  }

  /** The worker has died: delivers what has been written, and the ends of those that no process holds. */
  finish(): void {
    for (const reader of [...this.#readers.values()]) reader.finish();
  }

  #end(number: number, problem?: Error): void {
    this.#readers.delete(number);
    this.#handler.ended(number, problem);
  }
}
