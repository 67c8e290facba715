import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { received } from '../../../engine/supervised/frames.js';
import type { KeptOutput } from './keptOutput.js';
import { logError } from './logError.js';

const nothing = Buffer.alloc(0);

/**
 * Connections of the worker to debuggers of the host, which is on another machine: one for each command, through a Unix
 * socket that is there as long as its host.
 */
export class Debuggers {
  readonly #file: string;
  readonly #kept: KeptOutput;
  readonly #server: Server;
  /** By command. */
  readonly #open = new Map<number, Socket>();

  /** If there is no place for the socket, a command says that it finds none. */
  constructor(file: string, kept: KeptOutput) {
    this.#file = file;
    this.#kept = kept;
    this.#server = createServer((socket) => {
      this.#accept(socket);
    })
      .on('error', logError)
      .listen(file);
  }

  /** Nothing ends the connection. */
  send(command: number, bytes: Buffer): void {
    const socket = this.#open.get(command);
    if (bytes.length > 0) socket?.write(Buffer.from(bytes));
    else socket?.end();
  }

  /** Whether to read, or to let the worker wait. */
  readOn(reads: boolean): void {
    for (const socket of this.#open.values()) {
      if (reads) socket.resume();
      else socket.pause();
    }
  }

  close(): void {
    this.#server.close();
    rmSync(this.#file, { force: true });
    for (const socket of this.#open.values()) socket.destroy();
    this.#open.clear();
  }

  #accept(socket: Socket): void {
    const { running } = this.#kept.journal.state;
    socket.on('error', () => undefined); // followed by 'close'
    if (running === undefined || this.#open.has(running)) {
      socket.destroy();
      return;
    }
    this.#open.set(running, socket);
    socket.on('data', (bytes) => {
      this.#kept.append(received.debugger, bytes, running);
    });
    socket.on('close', () => {
      if (this.#open.delete(running)) this.#kept.append(received.debugger, nothing, running);
    });
  }
}
