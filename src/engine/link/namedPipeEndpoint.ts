import { randomBytes } from 'node:crypto';
import type { WorkerEndpoint, StreamReader, StreamSink } from './workerEndpoint.js';
import { PipeReader } from './pipeReader.js';
import type { StreamIndex } from '../output/streamMerger.js';

/** So many pairs wait for the worker beyond the last one that it announced; it is at most three ahead. */
const AHEAD = 4;

/**
 * Named pipes, as Windows has them: here the host makes them and the worker opens them by name, `ADDRESS-N.0` and
 * `ADDRESS-N.1`, where a FIFO is made by the worker. They vanish with the processes that hold them, so that nothing is left
 * to clean up; by default only this user can write to them (Microsoft, "Named Pipe Security and Access Rights").
 */
export class NamedPipeEndpoint implements WorkerEndpoint {
  readonly #pipes = new Map<string, PipeReader>();
  #made = 0;

  /** Anything that names a local socket will do for `address`: the tests use unix sockets. */
  constructor(readonly address = `\\\\.\\pipe\\extsession-${randomBytes(16).toString('hex')}`) {
    this.#makeUpTo(AHEAD);
  }

  read(pair: number, stream: StreamIndex, sink: StreamSink): StreamReader {
    this.#makeUpTo(pair + AHEAD);
    const pipe = this.#pipes.get(this.#nameOf(pair, stream));
    if (!pipe) throw new Error(`Pair ${String(pair)} was announced twice.`);
    this.#pipes.delete(this.#nameOf(pair, stream));
    pipe.deliverTo(sink);
    return pipe;
  }

  /** There is no file that a worker could gather text in. */
  left(): undefined {
    return undefined;
  }

  /** No one is left to act when this process has died: the worker notices by itself. */
  setGroup(): void {
    return;
  }

  dispose(): void {
    for (const pipe of this.#pipes.values()) pipe.dispose();
    this.#pipes.clear();
  }

  #makeUpTo(pair: number): void {
    while (this.#made < pair) {
      this.#made++;
      for (const stream of [0, 1] as const) {
        const name = this.#nameOf(this.#made, stream);
        this.#pipes.set(name, new PipeReader(name));
      }
    }
  }

  #nameOf(pair: number, stream: StreamIndex): string {
    return `${this.address}-${String(pair)}.${String(stream)}`;
  }
}
