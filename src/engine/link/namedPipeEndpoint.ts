import { randomBytes } from 'node:crypto';
import type { WorkerEndpoint, StreamReader, StreamSink } from './workerEndpoint.js';
import { PipeReader } from './pipeReader.js';
import type { StreamIndex } from '../output/streamMerger.js';

/** The number of pairs that are created beyond the last one that the worker announced; it is at most three ahead. */
const AHEAD = 4;

/**
 * Named pipes on Windows. Here, the host creates them and the worker opens them by name, `ADDRESS-N.0` and
 * `ADDRESS-N.1`, whereas the worker creates FIFOs itself. They disappear with the processes that hold them, so there is
 * nothing to clean up. By default, only this user can write to them (Microsoft, "Named Pipe Security and Access
 * Rights"). Other processes of the user do not have the token, with which the worker begins.
 */
export class NamedPipeEndpoint implements WorkerEndpoint {
  readonly #token: string;
  readonly #pipes = new Map<string, PipeReader>();
  #made = 0;

  /** `address` can be any name of a local socket: the tests use Unix sockets. */
  constructor(
    token: string,
    readonly address = `\\\\.\\pipe\\extsession-${randomBytes(16).toString('hex')}`,
  ) {
    this.#token = token;
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

  /** Windows has no signal for it. */
  nudge(): boolean {
    return false;
  }

  /** There is no file in which a worker could collect text. */
  left(): undefined {
    return undefined;
  }

  /** There are no signals. */
  program(): undefined {
    return undefined;
  }

  /** Nothing can act when this process has died: the worker notices it by itself. */
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
        this.#pipes.set(name, new PipeReader(name, this.#token));
      }
    }
  }

  #nameOf(pair: number, stream: StreamIndex): string {
    return `${this.address}-${String(pair)}.${String(stream)}`;
  }
}
