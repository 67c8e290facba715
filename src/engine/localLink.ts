import path from 'node:path';
import * as v from 'valibot';
import { type MainMessage, type SideMessage, workerMessage } from '../protocol/worker.js';
import type { ChildProcess, ExitStatus } from './childProcess.js';
import type { Channels, ControlServer } from './controlServer.js';
import type { Ward } from './guardian.js';
import { FifoReader } from './fifoReader.js';
import type { Link, LinkHandler } from './link.js';
import type { Logger } from './logger.js';
import { removeDirectory } from './privateDirectory.js';
import { readTextFile } from './textFile.js';

/** How long the last messages of a dead process may take; they are in the socket's buffer already. */
const LAST_WORDS_MS = 200;

/** What a link is made of; it owns all of it. */
export interface LocalLinkParts {
  readonly child: ChildProcess;
  readonly server: ControlServer;
  readonly channels: Channels;
  readonly directory: string;
  readonly marker: string;
  readonly ward: Ward;
  readonly log: Logger;
}

/** A link to a process on this machine: a unix socket, FIFOs in a private directory, a process group. */
export class LocalLink implements Link {
  readonly pid: number;
  readonly info: Link['info'];
  readonly marker: string;
  private readonly readers = new Map<FifoReader, number>();
  private disposed = false;

  constructor(private readonly parts: LocalLinkParts) {
    this.pid = parts.channels.pid;
    this.info = parts.channels.info;
    this.marker = parts.marker;
  }

  open(handler: LinkHandler): void {
    const { main, side } = this.parts.channels;
    for (const channel of [main, side]) {
      channel.listen((message) => {
        this.receive(message, handler);
      });
    }
    void this.parts.child.exited.then((status) => this.finish(status, handler));
    void main.closed.then(() => this.endWithoutChannel());
  }

  send(message: MainMessage): void {
    this.parts.channels.main.send(message);
  }

  sendSide(message: SideMessage): void {
    this.parts.channels.side.send(message);
  }

  signal(signal: NodeJS.Signals): boolean {
    return this.parts.child.signalGroup(signal);
  }

  closePair(pair: number): void {
    for (const [reader, of] of [...this.readers]) if (of === pair) reader.dispose();
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.signal('SIGKILL');
    this.parts.server.dispose();
    for (const reader of [...this.readers.keys()]) reader.dispose();
    removeDirectory(this.parts.directory);
    this.parts.ward.release();
  }

  private receive(raw: unknown, handler: LinkHandler): void {
    const { success, output: message } = v.safeParse(workerMessage, raw);
    if (!success) {
      this.parts.log.error('The worker sent a message that this version does not know; it was dropped.');
      return;
    }
    if (message.t === 'pair') {
      for (const stream of [0, 1] as const) this.openStream(message.number, stream, handler);
    }
    handler.message(message);
  }

  private openStream(pair: number, stream: 0 | 1, handler: LinkHandler): void {
    const reader = new FifoReader(path.join(this.parts.directory, `${String(pair)}.${String(stream)}`), {
      data: (bytes) => {
        handler.data(pair, stream, bytes);
      },
      end: () => {
        this.readers.delete(reader);
        handler.streamEnded(pair, stream);
      },
    });
    this.readers.set(reader, pair);
  }

  /** A process that lives on without its channel is of no use: the person's code closed it, or it sent nonsense. */
  private async endWithoutChannel(): Promise<void> {
    const timer = setTimeout(() => {
      this.parts.log.error('The worker closed its control channel; its process is ended.');
      this.signal('SIGKILL');
    }, LAST_WORDS_MS);
    await this.parts.child.exited.catch(() => undefined);
    clearTimeout(timer);
  }

  private async finish(status: ExitStatus, handler: LinkHandler): Promise<void> {
    await Promise.race([
      this.parts.channels.main.closed,
      new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS).unref()),
    ]);
    for (const reader of [...this.readers.keys()]) {
      reader.expectEnd();
      reader.drain();
    }
    const piece = readTextFile(this.parts.directory);
    if (piece) handler.left(piece);
    handler.exited(status);
  }
}
