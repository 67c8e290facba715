import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { StreamReader, StreamSink } from './workerEndpoint.js';

/** What a dead process wrote is in the buffer of the pipe: if nothing arrives for this long, everything has arrived. */
const SILENCE_MS = 50;

/**
 * Waits at a local socket or named pipe for the one process that will write there, and reads until no process holds it.
 */
export class PipeReader implements StreamReader {
  readonly #server: Server;
  #socket: Socket | undefined;
  #sink: StreamSink | undefined;
  #received = 0;
  #isOver = false;

  constructor(name: string) {
    this.#server = createServer({ pauseOnConnect: true }, (socket) => {
      this.#accept(socket);
    });
    this.#server.on('error', () => undefined); // the worker cannot open it then, and says so
    this.#server.listen(name);
  }

  /** Starts delivery. Called once. */
  deliverTo(sink: StreamSink): void {
    this.#sink = sink;
    this.#socket?.resume();
  }

  /** The stream has only one end. */
  expectEnd(): void {
    if (!this.#socket) this.#end();
  }

  async drain(): Promise<void> {
    let before: number;
    do {
      before = this.#received;
      await pause(SILENCE_MS);
    } while (!this.#isOver && this.#received !== before);
  }

  dispose(): void {
    this.#sink = undefined;
    this.#server.close();
    this.#socket?.destroy();
  }

  #accept(socket: Socket): void {
    if (this.#socket) {
      socket.destroy();
      return;
    }
    this.#socket = socket;
    this.#server.close(); // no other process
    socket.on('data', (bytes) => {
      this.#received += bytes.length;
      this.#sink?.data(bytes);
    });
    socket.on('error', () => undefined); // followed by 'close'
    socket.on('close', () => {
      this.#end();
    });
    if (this.#sink) socket.resume();
    else socket.pause();
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#server.close();
    this.#sink?.end();
  }
}
