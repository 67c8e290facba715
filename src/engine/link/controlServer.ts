import { createServer, type Server, type Socket } from 'node:net';
import * as v from 'valibot';
import type { EvaluatorInfo } from '../../protocol/output.js';
import { helloMessage } from '../../protocol/worker.js';
import { EvaluatorStartError } from '../errors.js';
import { isToken } from './isToken.js';
import { FrameReader, encodeFrame } from './messageFrames.js';
import type { Logger } from '../logger.js';
import { UnknownConnections } from './unknownConnections.js';

/** How long a connection may take to send its greeting. */
const PATIENCE_MS = 5000;
/** The largest greeting: a token and some paths. */
const MAX_GREETING = 1 << 16;

export interface Channels {
  readonly pid: number;
  readonly info: EvaluatorInfo;
  /** Whether the worker may act on the message alone, in places where a signal would come unexpectedly. */
  readonly interruptsItself: boolean;
  /** Whether it cannot tell how much memory its child processes have had. */
  readonly leavesChildren: boolean;
  readonly main: Channel;
  readonly side: Channel;
}

/** A connection to a worker whose token has been checked. */
export class Channel {
  readonly #socket: Socket;
  readonly #log: Logger;

  /** Settles when the other end is gone and everything that it sent has been delivered. */
  readonly closed: Promise<void>;
  readonly #early: unknown[];
  #deliver: ((message: unknown) => void) | undefined;

  constructor(socket: Socket, early: readonly unknown[], log: Logger) {
    this.#socket = socket;
    this.#log = log;
    this.#early = [...early];
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        resolve();
      });
    });
  }

  /** Starts delivery, beginning with what has already arrived. */
  listen(deliver: (message: unknown) => void): void {
    this.#deliver = deliver;
    this.receive(this.#early.splice(0));
  }

  receive(messages: readonly unknown[]): void {
    for (const message of messages) {
      if (!this.#deliver) this.#early.push(message);
      else this.#handle(message, this.#deliver);
    }
  }

  send(message: unknown): void {
    this.#socket.write(encodeFrame(message));
  }

  /** An error in the handler of a message does not close the channel. */
  #handle(message: unknown, deliver: (message: unknown) => void): void {
    try {
      deliver(message);
    } catch (error) {
      this.#log.error(`A message from the worker could not be handled: ${String(error)}`);
    }
  }
}

/** Waits at a Unix socket for the two connections of a worker, and accepts no others. */
export class ControlServer {
  readonly #token: string;
  readonly #log: Logger;

  /** Settles when both channels are connected. */
  readonly connected: Promise<Channels>;
  #resolveConnected!: (channels: Channels) => void;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #unknown = new UnknownConnections(PATIENCE_MS);
  #main: (Pick<Channels, 'pid' | 'info' | 'interruptsItself' | 'leavesChildren'> & { channel: Channel }) | undefined;
  #side: Channel | undefined;

  constructor(token: string, log: Logger) {
    this.#token = token;
    this.#log = log;
    this.connected = new Promise((resolve) => (this.#resolveConnected = resolve));
    this.#server = createServer((socket) => {
      this.#accept(socket);
    });
  }

  /** @throws EvaluatorStartError if the socket cannot be created. */
  listen(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', (error) => {
        const message = `The socket for the session could not be created: ${error.message}. Check that the disk is not full.`;
        const failure = { kind: 'noFiles', reason: error.message } as const;
        reject(new EvaluatorStartError(message, '', { cause: error, failure }));
      });
      this.#server.listen(path, () => {
        resolve();
      });
    });
  }

  dispose(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #accept(socket: Socket): void {
    const reader = new FrameReader({ firstAtMost: MAX_GREETING });
    let channel: Channel | undefined;
    this.#sockets.add(socket);
    this.#unknown.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined); // followed by 'close'; the exit of the process explains it
    socket.on('data', (chunk) => {
      try {
        const messages = reader.push(chunk);
        if (channel) channel.receive(messages);
        else if (messages.length > 0) channel = this.#greet(socket, messages);
      } catch (error) {
        this.#log.error(`A connection was closed: ${error instanceof Error ? error.message : String(error)}`);
        socket.destroy();
      }
    });
  }

  #greet(socket: Socket, [first, ...rest]: unknown[]): Channel | undefined {
    const hello = v.safeParse(helloMessage, first);
    if (!hello.success || !isToken(Buffer.from(hello.output.token), this.#token)) {
      this.#log.warn('A connection without the session’s token was refused.');
      socket.destroy();
      return undefined;
    }
    this.#unknown.remove(socket);
    const channel = new Channel(socket, rest, this.#log);
    if (hello.output.channel === 'main')
      this.#main ??= { interruptsItself: false, leavesChildren: false, ...hello.output, channel };
    else this.#side ??= channel;
    if (this.#main && this.#side) {
      this.#server.close(); // there are only two
      this.#unknown.close();
      const { channel: main, pid, info, interruptsItself, leavesChildren } = this.#main;
      this.#resolveConnected({ pid, info, interruptsItself, leavesChildren, main, side: this.#side });
    }
    return channel;
  }
}
