import type { MainMessage, SideMessage } from '../../protocol/worker.js';
import type { ChildProcess, ExitStatus } from './childProcess.js';
import type { Channels, ControlServer } from './controlServer.js';
import { within } from '../deadline.js';
import type { Link, LinkHandler } from './link.js';
import type { Logger } from '../logger.js';
import type { WorkerEndpoint, StreamReader } from './workerEndpoint.js';
import { receivedMessage } from './receivedMessage.js';
import { stayAwake } from './stayAwake.js';
import { WorkerInterrupts } from './interrupts/workerInterrupts.js';

/** The maximum time for the last messages of a dead process, which are already in the buffer of the socket. */
const LAST_WORDS_MS = 200;
/** For a process that closes its channel because it ends. */
const WITHOUT_CHANNEL_MS = 1000;

/** The parts of a link. The link owns and disposes of them. */
export interface LocalLinkParts {
  readonly child: ChildProcess;
  readonly server: ControlServer;
  readonly channels: Channels;
  readonly place: WorkerEndpoint;
  readonly marker: string;
  readonly log: Logger;
}

/** A link to a process on this machine. */
export class LocalLink implements Link {
  readonly #parts: LocalLinkParts;

  readonly pid: number;
  readonly info: Link['info'];
  readonly marker: string;
  readonly childrenOf: number | undefined;
  readonly #readers = new Map<StreamReader, number>();
  /** Another program replaces the worker, or is about to. */
  #replaced = false;
  readonly #interrupts: WorkerInterrupts;
  #disposed = false;

  constructor(parts: LocalLinkParts) {
    this.#parts = parts;
    this.pid = parts.channels.pid;
    this.info = parts.channels.info;
    this.marker = parts.marker;
    this.childrenOf = parts.channels.leavesChildren ? this.pid : undefined;
    this.#interrupts = new WorkerInterrupts({
      child: parts.child,
      interruptsItself: parts.channels.interruptsItself,
      program: () => parts.place.program(),
      tell: (message) => {
        this.sendSide(message);
      },
      log: parts.log,
    });
  }

  lastWords(): Promise<string> {
    return this.#parts.child.lastWords();
  }

  open(handler: LinkHandler): void {
    const { main, side } = this.#parts.channels;
    for (const channel of [main, side]) {
      channel.listen((message) => {
        this.#receive(message, handler);
      });
    }
    void this.#parts.child.exited.then((status) => this.#finish(status, handler));
    void main.closed.then(() => this.#endWithoutChannel());
  }

  send(message: MainMessage): void {
    this.#parts.channels.main.send(message);
    stayAwake();
  }

  sendSide(message: SideMessage): void {
    this.#parts.channels.side.send(message);
  }

  interrupt(id: number): void {
    this.#interrupts.interrupt(id);
  }

  nudge(): boolean {
    return this.#parts.place.nudge(this.pid);
  }

  terminate(): void {
    this.#parts.child.signalGroup('SIGTERM');
  }

  closePair(pair: number): void {
    for (const [reader, of] of [...this.#readers]) if (of === pair) reader.dispose();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#interrupts.dispose();
    this.#parts.child.endGroup();
    this.#parts.server.dispose();
    for (const reader of [...this.#readers.keys()]) reader.dispose();
    this.#parts.place.dispose();
  }

  #receive(raw: unknown, handler: LinkHandler): void {
    const { message, problem } = receivedMessage(raw);
    if (problem) this.#parts.log.error(`The worker sent an unknown message: ${problem}`);
    if (message?.t === 'interrupting' || message?.t === 'done') this.#interrupts.settled();
    if (message?.t === 'exec') this.#replaced = !message.failed;
    if (message?.t === 'pair') {
      for (const stream of [0, 1] as const) this.#openStream(message.number, stream, handler);
    }
    if (message) handler.message(message);
  }

  #openStream(pair: number, stream: 0 | 1, handler: LinkHandler): void {
    const reader = this.#parts.place.read(pair, stream, {
      data: (bytes) => {
        handler.data(pair, stream, bytes);
      },
      end: (problem) => {
        this.#readers.delete(reader);
        if (problem) this.#parts.log.error(`Stream ${String(pair)}.${String(stream)} was lost: ${problem.message}`);
        handler.streamEnded(pair, stream);
      },
    });
    this.#readers.set(reader, pair);
  }

  /**
   * A process that continues without its channel is useless: the user's code closed the channel, or it sent invalid
   * data. If it has become another program, waits for that instead.
   */
  async #endWithoutChannel(): Promise<void> {
    if (this.#replaced) return;
    if ((await within(WITHOUT_CHANNEL_MS, this.#parts.child.exited)) || this.#disposed) return;
    this.#parts.log.error('The worker closed its control channel. Ending its process.');
    this.#parts.child.signalGroup('SIGKILL');
  }

  async #finish(status: ExitStatus, handler: LinkHandler): Promise<void> {
    await within(LAST_WORDS_MS, this.#parts.channels.main.closed);
    const drained = [...this.#readers.keys()].map((reader) => {
      reader.expectEnd();
      return reader.drain();
    });
    await Promise.all(drained.filter((later) => later !== undefined));
    const piece = this.#parts.place.left();
    if (piece) handler.left(piece);
    handler.exited(status);
  }
}
