import { timingSafeEqual } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import * as v from 'valibot';
import type { EvaluatorInfo } from '../../protocol/output.js';
import { helloMessage } from '../../protocol/worker.js';
import { EvaluatorStartError } from '../errors.js';
import { FrameReader, encodeFrame } from './messageFrames.js';
import type { Logger } from '../logger.js';

export interface Channels {
  readonly pid: number;
  readonly info: EvaluatorInfo;
  /** It may act on the message alone, where a signal could find it unprepared. */
  readonly interruptsItself: boolean;
  readonly main: Channel;
  readonly side: Channel;
}

/** One connection to a worker whose token has been checked. */
export class Channel {
  /** Settles when the other end is gone and all that it sent has been delivered. */
  readonly closed: Promise<void>;
  private readonly early: unknown[];
  private deliver: ((message: unknown) => void) | undefined;

  constructor(
    private readonly socket: Socket,
    early: readonly unknown[],
    private readonly log: Logger,
  ) {
    this.early = [...early];
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        resolve();
      });
    });
  }

  /** Starts delivery, with what has already come first. */
  listen(deliver: (message: unknown) => void): void {
    this.deliver = deliver;
    this.receive(this.early.splice(0));
  }

  receive(messages: readonly unknown[]): void {
    for (const message of messages) {
      if (!this.deliver) this.early.push(message);
      else this.handle(message, this.deliver);
    }
  }

  send(message: unknown): void {
    this.socket.write(encodeFrame(message));
  }

  /** A message that breaks whoever handles it does not break the channel. */
  private handle(message: unknown, deliver: (message: unknown) => void): void {
    try {
      deliver(message);
    } catch (error) {
      this.log.error(`A message of the worker could not be handled: ${String(error)}`);
    }
  }
}

/** Waits at a unix socket for a worker's two connections, and takes no others. */
export class ControlServer {
  /** Settles once both channels are there. */
  readonly connected: Promise<Channels>;
  private resolveConnected!: (channels: Channels) => void;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private main: (Pick<Channels, 'pid' | 'info' | 'interruptsItself'> & { channel: Channel }) | undefined;
  private side: Channel | undefined;

  constructor(
    private readonly token: string,
    private readonly log: Logger,
  ) {
    this.connected = new Promise((resolve) => (this.resolveConnected = resolve));
    this.server = createServer((socket) => {
      this.accept(socket);
    });
  }

  /** @throws EvaluatorStartError when the socket can't be made. */
  listen(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', (error) => {
        const message = `The socket for the session could not be made: ${error.message}. Is its disk full?`;
        reject(new EvaluatorStartError(message, '', { cause: error }));
      });
      this.server.listen(path, () => {
        resolve();
      });
    });
  }

  dispose(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private accept(socket: Socket): void {
    const reader = new FrameReader();
    let channel: Channel | undefined;
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined); // followed by 'close'; the process's exit tells the rest
    socket.on('data', (chunk) => {
      try {
        const messages = reader.push(chunk);
        if (channel) channel.receive(messages);
        else if (messages.length > 0) channel = this.greet(socket, messages);
      } catch (error) {
        this.log.error(`A connection was closed: ${error instanceof Error ? error.message : String(error)}`);
        socket.destroy();
      }
    });
  }

  private greet(socket: Socket, [first, ...rest]: unknown[]): Channel | undefined {
    const hello = v.safeParse(helloMessage, first);
    if (!hello.success || !this.isToken(hello.output.token)) {
      this.log.warn('A connection without the session’s token was refused.');
      socket.destroy();
      return undefined;
    }
    const channel = new Channel(socket, rest, this.log);
    if (hello.output.channel === 'main') this.main ??= { interruptsItself: false, ...hello.output, channel };
    else this.side ??= channel;
    if (this.main && this.side) {
      this.server.close(); // two is all there are
      const { channel: main, pid, info, interruptsItself } = this.main;
      this.resolveConnected({ pid, info, interruptsItself, main, side: this.side });
    }
    return channel;
  }

  private isToken(token: string): boolean {
    const given = Buffer.from(token);
    const wanted = Buffer.from(this.token);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
}
