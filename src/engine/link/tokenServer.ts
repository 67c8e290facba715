import { once } from 'node:events';
import { createServer, type ListenOptions, type Server, type Socket } from 'node:net';
import { isToken } from './isToken.js';
import { UnknownConnections } from './unknownConnections.js';

/** How long a connection may take to send the token. */
const PATIENCE_MS = 2000;

/**
 * Waits at a local socket, named pipe or port for the process whose first bytes are the token. Every other connection
 * is closed, and nothing of it is delivered.
 */
export class TokenServer {
  readonly #server: Server;
  readonly #token: string;
  readonly #accepted: (socket: Socket) => void;
  readonly #unknown = new UnknownConnections(PATIENCE_MS);
  readonly #isForMany: boolean;

  /**
   * `accepted` is called with a paused socket whose next byte is the first one after the token: once, unless the server
   * is for many.
   */
  constructor(
    place: string | ListenOptions,
    token: string,
    accepted: (socket: Socket) => void,
    { isForMany = false } = {},
  ) {
    this.#isForMany = isForMany;
    this.#token = token;
    this.#accepted = accepted;
    this.#server = createServer((socket) => {
      this.#check(socket);
    });
    this.#server.on('error', () => undefined); // the worker cannot open it then, and says so
    this.#server.listen(place);
  }

  /** The socket, pipe or `host:port`, when connections are accepted. @throws the system's error if none can be. */
  async address(): Promise<string> {
    if (!this.#server.listening) await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null) throw new Error('The server is closed.');
    return typeof address === 'string' ? address : `${address.address}:${String(address.port)}`;
  }

  /** Whether a connection may still send the token. */
  get hasUnknown(): boolean {
    return this.#unknown.size > 0;
  }

  /** Idempotent. */
  close(): void {
    this.#server.close();
    this.#unknown.close();
  }

  #check(socket: Socket): void {
    this.#unknown.add(socket);
    socket.on('error', () => undefined); // followed by 'close'
    let received: Buffer = Buffer.alloc(0);
    const read = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      const { length } = this.#token;
      if (received.length < length) return;
      socket.pause().off('data', read);
      this.#unknown.remove(socket);
      if (isToken(received.subarray(0, length), this.#token)) this.#accept(socket, received.subarray(length));
      else socket.destroy();
    };
    socket.on('data', read);
  }

  #accept(socket: Socket, rest: Buffer): void {
    if (!this.#isForMany) this.close();
    if (rest.length > 0) socket.unshift(rest);
    this.#accepted(socket);
  }
}
