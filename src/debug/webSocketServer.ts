import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { isToken } from '../engine/link/isToken.js';
import { encodeText, FrameParser } from './webSocketFrames.js';

const LOCAL = '127.0.0.1';
/** RFC 6455, section 1.3. */
const SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

export interface WebSocketServerOptions {
  readonly onMessage: (text: string) => void;
  /** The connection has ended, or has failed. Called once. */
  readonly onEnd: () => void;
}

/**
 * Waits for one web socket at a random port of this machine. Only a client that knows the random path is let in, and the
 * port is closed then.
 */
export class WebSocketServer {
  readonly #path = `/${randomBytes(32).toString('hex')}`;
  readonly #server: Server;
  readonly #options: WebSocketServerOptions;
  #socket: Duplex | undefined;

  constructor(options: WebSocketServerOptions) {
    this.#options = options;
    this.#server = createServer((_request, response) => {
      response.writeHead(404).end();
    });
    this.#server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
      this.#upgrade(request, socket);
    });
  }

  /** Resolves with the address when connections are accepted. @throws the system's error if none can be. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, LOCAL, resolve);
    });
    const { port } = this.#server.address() as AddressInfo;
    return `ws://${LOCAL}:${String(port)}${this.#path}`;
  }

  /** The client speaks first: nothing is sent before it has connected. */
  send(text: string): void {
    if (this.#socket?.writable) this.#socket.write(encodeText(text));
  }

  /** Idempotent. */
  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
    this.#socket?.end();
  }

  #upgrade({ url = '', headers }: IncomingMessage, socket: Duplex): void {
    const key = headers['sec-websocket-key'];
    socket.on('error', () => undefined); // followed by 'close'
    if (this.#socket || key === undefined || !isToken(Buffer.from(url), this.#path)) {
      socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
      return;
    }
    const accept = createHash('sha1')
      .update(key + SUFFIX)
      .digest('base64');
    const head = ['101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
    socket.write(`HTTP/1.1 ${head.join('\r\n')}\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    this.#socket = socket;
    this.#server.close();
    this.#read(socket);
  }

  #read(socket: Duplex): void {
    const parser = new FrameParser({
      text: this.#options.onMessage,
      reply: (frame) => socket.write(frame),
      close: () => socket.end(),
    });
    socket.on('data', (chunk: Buffer) => {
      try {
        parser.push(chunk);
      } catch (error) {
        socket.destroy(error as Error);
      }
    });
    socket.once('close', () => {
      this.#options.onEnd();
    });
  }
}
