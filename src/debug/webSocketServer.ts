import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer as Server } from 'ws';
import { isToken } from '../engine/link/isToken.js';

const LOCAL = '127.0.0.1';

export interface WebSocketServerOptions {
  readonly onMessage: (text: string) => void;
  /** The connection has ended, or has failed. Called once. */
  readonly onEnd: () => void;
}

/**
 * Waits for one web socket at a random port of this machine. Only a client that knows the random path is let in, and
 * the port is closed then.
 */
export class WebSocketServer {
  readonly #path = `/${randomBytes(32).toString('hex')}`;
  readonly #options: WebSocketServerOptions;
  #server: Server | undefined;
  #socket: WebSocket | undefined;

  constructor(options: WebSocketServerOptions) {
    this.#options = options;
  }

  /** Resolves with the address when connections are accepted. @throws the system's error if none can be. */
  async listen(): Promise<string> {
    const verifyClient = ({ req: { url = '' } }: { req: IncomingMessage }): boolean =>
      !this.#socket && isToken(Buffer.from(url), this.#path);
    const server = new Server({ host: LOCAL, port: 0, verifyClient, clientTracking: true });
    this.#server = server;
    server.on('connection', (socket) => {
      this.#accept(socket);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).once('listening', resolve);
    });
    const { port } = server.address() as AddressInfo;
    return `ws://${LOCAL}:${String(port)}${this.#path}`;
  }

  /** The client speaks first: nothing is sent before it has connected. */
  send(text: string): void {
    this.#socket?.send(text);
  }

  /** Idempotent. */
  close(): void {
    this.#server?.close();
    this.#socket?.close();
  }

  #accept(socket: WebSocket): void {
    this.#socket = socket;
    this.#server?.close();
    socket.on('message', (data: Buffer) => {
      this.#options.onMessage(data.toString());
    });
    socket.on('error', () => undefined); // followed by 'close'
    socket.once('close', this.#options.onEnd);
  }
}
