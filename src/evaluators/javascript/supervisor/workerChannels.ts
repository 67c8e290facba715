import { createServer, type Server, type Socket } from 'node:net';
import { isToken } from '../../../engine/link/isToken.js';
import { FrameReader } from '../../../engine/link/messageFrames.js';
import { UnknownConnections } from '../../../engine/link/unknownConnections.js';
import { logError } from './logError.js';

/** How long a connection may take to show the token. */
const PATIENCE_MS = 5000;
/** The largest greeting: a token and some paths. */
const MAX_GREETING = 1 << 16;
const LENGTH = 4;

export type ChannelName = 'main' | 'side';

export interface ChannelsHandler {
  /** The worker's greeting on its main channel, without the token. */
  connected(hello: Readonly<Record<string, unknown>>): void;
  /** A message as it is, as a view that is only valid during the call. */
  received(channel: ChannelName, message: Buffer): void;
  /** The main channel was closed. */
  lost(): void;
}

/** Waits for the worker's main and side channels, and accepts no others. */
export class WorkerChannels {
  readonly #token: string;
  #handler: ChannelsHandler | undefined;
  readonly #server: Server;
  readonly #unknown = new UnknownConnections(PATIENCE_MS);
  readonly #named = new Map<ChannelName, Socket>();
  readonly #early: Record<ChannelName, Buffer[]> = { main: [], side: [] };

  /** @throws the system's error, as an event that ends this process, if nobody can listen there. */
  constructor(path: string, token: string) {
    this.#token = token;
    this.#server = createServer((socket) => {
      this.#accept(socket);
    });
    this.#server.listen(path);
  }

  /** Called once, before this process turns to anything else. */
  listen(handler: ChannelsHandler): void {
    this.#handler = handler;
  }

  send(name: ChannelName, message: Buffer | object): void {
    const bytes = Buffer.isBuffer(message) ? message : Buffer.from(JSON.stringify(message));
    const frame = Buffer.allocUnsafe(LENGTH + bytes.length);
    frame.writeUInt32BE(bytes.length, 0);
    frame.set(bytes, LENGTH);
    const socket = this.#named.get(name);
    if (socket) socket.write(frame);
    else if (this.#server.listening) this.#early[name].push(frame);
  }

  /** Whether to read, or to let the worker wait. */
  readOn(reads: boolean): void {
    for (const socket of this.#named.values()) {
      if (reads) socket.resume();
      else socket.pause();
    }
  }

  /** Resolves when the worker has closed its channels, and everything that it sent has been received. */
  async ended(): Promise<void> {
    const open = [...this.#named.values()].filter(({ closed }) => !closed);
    await Promise.all(open.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
  }

  #accept(socket: Socket): void {
    const reader = new FrameReader({ firstAtMost: MAX_GREETING });
    let name: ChannelName | undefined;
    this.#unknown.add(socket);
    socket.on('error', () => undefined); // followed by 'close'
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const message of reader.split(chunk)) {
          if (name) this.#handler?.received(name, message);
          else name = this.#greet(socket, message);
          if (!name) return;
        }
      } catch (error) {
        logError(error);
        socket.destroy();
      }
    });
  }

  #greet(socket: Socket, message: Buffer): ChannelName | undefined {
    const { token, ...hello } = JSON.parse(message.toString()) as Record<string, unknown>;
    const { channel } = hello;
    const isNew = (channel === 'main' || channel === 'side') && !this.#named.has(channel);
    if (!isNew || typeof token !== 'string' || !isToken(Buffer.from(token), this.#token)) {
      socket.destroy();
      return undefined;
    }
    this.#unknown.remove(socket);
    this.#named.set(channel, socket);
    if (this.#named.size === 2) {
      this.#server.close();
      this.#unknown.close();
    }
    if (channel === 'main') {
      socket.once('close', () => {
        this.#handler?.lost();
      });
      this.#handler?.connected(hello);
    }
    for (const early of this.#early[channel].splice(0)) socket.write(early);
    return channel;
  }
}
