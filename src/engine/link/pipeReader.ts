import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { TokenServer } from './tokenServer.js';
import type { StreamReader, StreamSink } from './workerEndpoint.js';

/** What a dead process wrote is in the buffer of the pipe: if nothing arrives for this long, everything has arrived. */
const SILENCE_MS = 50;

/**
 * Waits at a local socket or named pipe for the process that has the token, and reads until no process holds it.
 */
export class PipeReader implements StreamReader {
  readonly #server: TokenServer;
  #socket: Socket | undefined;
  #sink: StreamSink | undefined;
  #received = 0;
  #isLast = false;
  #isOver = false;

  constructor(name: string, token: string) {
    this.#server = new TokenServer(name, token, (socket) => {
      this.#accept(socket);
    });
  }

  /** Starts delivery. Called once. */
  deliverTo(sink: StreamSink): void {
    this.#sink = sink;
    this.#socket?.resume();
  }

  /** The stream has only one end. */
  expectEnd(): void {
    this.#isLast = true;
    if (!this.#socket && !this.#server.hasUnknown) this.#end();
  }

  async drain(): Promise<void> {
    let before: number;
    do {
      before = this.#received;
      await pause(SILENCE_MS);
    } while (!this.#isOver && this.#received !== before);
    if (this.#isLast && !this.#socket) this.#end(); // those that are there do not have the token
  }

  dispose(): void {
    this.#sink = undefined;
    this.#server.close();
    this.#socket?.destroy();
  }

  #accept(socket: Socket): void {
    this.#socket = socket;
    socket.on('data', (bytes) => {
      this.#received += bytes.length;
      this.#sink?.data(bytes);
    });
    socket.on('close', () => {
      this.#end();
    });
    if (this.#sink) socket.resume();
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#server.close();
    this.#sink?.end();
  }
}
