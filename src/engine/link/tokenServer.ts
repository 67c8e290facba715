import { createServer, type Server, type Socket } from 'node:net';
import { isToken } from './isToken.js';

/** How long a connection may take to send the token. */
const PATIENCE_MS = 2000;
/** The most connections that are about to send it; the oldest one makes way. */
const MOST_UNKNOWN = 16;

/**
 * Waits at a local socket or named pipe for the process whose first bytes are the token. Every other connection is
 * closed, and nothing of it is delivered.
 */
export class TokenServer {
  readonly #server: Server;
  readonly #token: string;
  readonly #accepted: (socket: Socket) => void;
  /** The connections that have not sent the token yet, the oldest one first. */
  readonly #unknown = new Set<Socket>();

  /** `accepted` is called once, with a paused socket whose next byte is the first one after the token. */
  constructor(name: string, token: string, accepted: (socket: Socket) => void) {
    this.#token = token;
    this.#accepted = accepted;
    this.#server = createServer((socket) => {
      this.#check(socket);
    });
    this.#server.on('error', () => undefined); // the worker cannot open it then, and says so
    this.#server.listen(name);
  }

  /** Whether a connection may still send the token. */
  get hasUnknown(): boolean {
    return this.#unknown.size > 0;
  }

  /** Idempotent. */
  close(): void {
    this.#server.close();
    for (const socket of this.#unknown) socket.destroy();
    this.#unknown.clear();
  }

  #check(socket: Socket): void {
    this.#makeSpace();
    this.#unknown.add(socket);
    const late = setTimeout(() => socket.destroy(), PATIENCE_MS);
    const known = (): void => {
      clearTimeout(late);
      this.#unknown.delete(socket);
    };
    socket.on('error', () => undefined); // followed by 'close'
    socket.once('close', known);
    let received: Buffer = Buffer.alloc(0);
    const read = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      const { length } = this.#token;
      if (received.length < length) return;
      socket.pause().off('data', read).off('close', known);
      known();
      if (isToken(received.subarray(0, length), this.#token)) this.#accept(socket, received.subarray(length));
      else socket.destroy();
    };
    socket.on('data', read);
  }

  #accept(socket: Socket, rest: Buffer): void {
    this.close();
    if (rest.length > 0) socket.unshift(rest);
    this.#accepted(socket);
  }

  #makeSpace(): void {
    const [oldest] = this.#unknown;
    if (!oldest || this.#unknown.size < MOST_UNKNOWN) return;
    this.#unknown.delete(oldest);
    oldest.destroy();
  }
}
