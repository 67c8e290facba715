import type { DisplayMessage, Reply, Request, WorkerMessage } from '../../protocol/worker.js';
import { type ExitStatus, describeExit } from '../link/childProcess.js';
import { Displays } from './displays.js';
import { CancelledError, SessionDeadError } from '../errors.js';
import type { ExtResults } from '../extResults.js';
import type { ResultsWriter } from '../resultsWriter.js';
import { Introspection } from './introspection.js';
import { LateResults } from './lateResults.js';
import type { Link, LinkHandler } from '../link/link.js';
import type { Logger } from '../logger.js';
import { StreamMarkerParser } from '../output/streamMarkerParser.js';
import { mostOpenCommands } from './openCommandLimit.js';
import type { StandardInput } from './standardInput.js';
import type { StartOutput } from './startOutput.js';
import { StreamMerger, type StreamIndex } from '../output/streamMerger.js';
import type { Attachment, KeptPair } from '../supervised/attachment.js';
import type { UnsentText } from '../link/unsentText.js';

/** How a request ended: with the worker's reply, or with the worker. */
export type Ending = { readonly reply: Reply } | { readonly death: ExitStatus };

/** A command in its pair: from its start until no process holds its streams any more. */
interface Running {
  readonly id: number;
  readonly writer: ResultsWriter;
  readonly merger: StreamMerger;
  readonly onEnd: (ending: Ending) => void;
  readonly ended: Set<StreamIndex>;
  readonly slot: Slot;
  reply?: Reply;
}

interface Slot {
  readonly parsers: readonly [StreamMarkerParser, StreamMarkerParser];
  readonly ended: Set<StreamIndex>;
  /** The last piece of collected text that arrived through each stream. */
  readonly pieces: [number, number];
  command?: Running | undefined;
  /** Set if the command has ended and its late output arrives here; absent if nobody holds its results any more. */
  late?: { readonly writer: ResultsWriter | undefined };
}

/** Whoever has the requests that were sent ahead. */
export interface RequestsInOrder {
  /** The request begins; undefined if nobody here waits for it. */
  begun(id: number, at: number): Pick<Running, 'writer' | 'onEnd'> | undefined;
  cancelled(id: number): void;
}

export interface WorkerClientOptions {
  readonly link: Link;
  readonly input: StandardInput;
  readonly log: Logger;
  /** Receives what is written before the first command. */
  readonly start: StartOutput;
}

/**
 * Communicates with a worker process: gives each command its pair of streams, and adds what is written there, in order,
 * to the results of that command. What is written between commands belongs to the last one.
 */
export class WorkerClient implements LinkHandler {
  readonly #options: WorkerClientOptions;

  /** Settles when the worker is ready for its first command; never if it ends before that. */
  readonly ready: Promise<void>;
  /** Settles when another host has the process. */
  readonly taken: Promise<Error>;
  requests: RequestsInOrder | undefined;
  readonly exitStatus: Promise<ExitStatus>;
  readonly introspection: Introspection;
  #resolveReady!: () => void;
  #resolveTaken!: (error: Error) => void;
  #resolveExit!: (status: ExitStatus) => void;
  readonly #slots = new Map<number, Slot>();
  #next = 0;
  #current: Running | undefined;
  #last: Running | undefined;
  readonly #late = new LateResults();
  /** What receives the output of a command that this host has not seen. */
  #continuationOf: (id: number) => ResultsWriter = () => {
    throw new Error('There is no command that this host has not seen.');
  };
  readonly #displays = new Displays();
  readonly #mostOpen = mostOpenCommands();
  readonly link: Link;

  constructor(options: WorkerClientOptions) {
    this.#options = options;
    this.link = options.link;
    this.ready = new Promise((resolve) => (this.#resolveReady = resolve));
    this.exitStatus = new Promise((resolve) => (this.#resolveExit = resolve));
    this.taken = new Promise((resolve) => (this.#resolveTaken = resolve));
    this.introspection = new Introspection((message) => {
      this.link.sendSide(message);
    });
  }

  /** Starts delivery. Called once. */
  open(): void {
    this.link.open(this);
  }

  /**
   * Goes on where an earlier host was. `continuation` returns what receives the output of a command whose end that host
   * had acknowledged.
   */
  restore({ next, last, running, pairs }: Attachment['state'], continuation: (id: number) => ResultsWriter): void {
    this.#continuationOf = continuation;
    for (const pair of pairs) this.#restoreSlot(pair);
    if (next !== null) {
      this.#next = next;
      this.#resolveReady();
    }
    if (last !== null) this.#last ??= this.#continued(last, this.#lostSlot(-1));
    if (running !== null) this.begun(running, Date.now());
  }

  /** Sends a request; its output goes to `writer`. Call it again only after `onEnd` was called. */
  run(request: Request, writer: ResultsWriter, onEnd: (ending: Ending) => void): void {
    this.#begin({ id: request.id, writer, onEnd });
    this.link.send(request);
  }

  begun(id: number, at: number): void {
    const { writer, onEnd } = this.requests?.begun(id, at) ?? {
      writer: this.#continuationOf(id),
      onEnd: () => undefined,
    };
    this.#begin({ id, writer, onEnd });
  }

  cancelled(id: number): void {
    this.requests?.cancelled(id);
  }

  detached(error: Error): void {
    this.letGo(error);
    this.#resolveTaken(error);
  }

  /** Nothing that is asked here is answered any more, and nobody here is asked. The process goes on. */
  letGo(error: Error): void {
    this.introspection.stop(error);
    this.#options.input.cancelAll();
    for (const { command } of this.#slots.values()) command?.writer.close();
    this.#options.start.close();
    this.#slots.clear();
  }

  #begin({ id, writer, onEnd }: Pick<Running, 'id' | 'writer' | 'onEnd'>): void {
    const slot = this.#slots.get(this.#next) ?? this.#lostSlot(this.#next);
    const command = this.#running({ id, writer, onEnd }, slot);
    this.#current = this.#last = command;
    this.#late.add(writer);
  }

  #running({ id, writer, onEnd }: Pick<Running, 'id' | 'writer' | 'onEnd'>, slot: Slot): Running {
    const merger = new StreamMerger((stream, bytes) => {
      writer.append(stream, bytes);
    });
    return (slot.command = { slot, id, writer, onEnd, ended: new Set(), merger });
  }

  /** Asks the process to end; with `drain`, when nothing keeps it alive any more. */
  exit(code: number, { drain = false } = {}): void {
    this.link.send({ t: 'exit', code, ...(drain ? { drain } : {}) });
  }

  message(message: WorkerMessage): void {
    switch (message.t) {
      case 'ready':
        this.#next = message.next;
        // What was printed before that message is in the streams: this turn of the event loop still reads it.
        setImmediate(this.#resolveReady);
        break;
      case 'pair':
        this.#open(message.number, message.id);
        break;
      case 'done':
        this.#finish(message);
        break;
      case 'closed':
        this.#recycle(message.id);
        break;
      case 'input':
        this.#options.input.request({ ...message, results: this.#late.find(message.id)?.results }, (text) => {
          this.link.sendSide({ t: 'input', request: message.request, text });
        });
        break;
      case 'exec':
      case 'interrupting':
        break; // handled by the link
      case 'inputCancelled':
        this.#options.input.cancel(message.request);
        break;
      case 'display':
      case 'clear':
        this.#display(message);
        break;
      case 'answer':
        this.introspection.receive(message);
        break;
    }
  }

  data(pair: number, stream: StreamIndex, bytes: Buffer): void {
    this.#slots.get(pair)?.parsers[stream].push(bytes);
  }

  streamEnded(pair: number, stream: StreamIndex): void {
    const slot = this.#slots.get(pair);
    if (!slot) return; // closed here
    slot.parsers[stream].flush();
    slot.ended.add(stream);
    if (slot.command) this.#settle(slot.command);
    if (slot.ended.size < 2) return;
    this.#slots.delete(pair);
    slot.command?.merger.settle();
    slot.command?.writer.close();
  }

  left({ pair, stream, number, bytes }: UnsentText): void {
    const slot = this.#slots.get(pair);
    if (slot && slot.pieces[stream] !== number) slot.parsers[stream].push(bytes);
  }

  exited(status: ExitStatus): void {
    this.#options.input.cancelAll();
    this.introspection.stop(new SessionDeadError(describeExit(status)));
    const command = this.#current;
    this.#current = undefined;
    command?.merger.settle();
    command?.onEnd({ death: status });
    this.#resolveExit(status);
    void this.link.lastWords().then(() => {
      this.#options.start.close();
    });
  }

  /** What was printed before the first command, and what comes of the start later. */
  get startOutput(): ExtResults {
    return this.#options.start.results;
  }

  /** Ends the process if it still runs, and closes all results. Idempotent. */
  dispose(): void {
    this.introspection.stop(new CancelledError('The session has ended or was restarted.'));
    this.link.dispose();
    for (const { command } of this.#slots.values()) command?.writer.close();
    this.#options.start.close();
    this.#slots.clear();
  }

  /** Descriptors are limited: the command that ended first loses its streams, and a message says so. */
  #closeOldest(): void {
    const oldest = [...this.#slots].find(([, { command }]) => command?.reply && command !== this.#current);
    if (!oldest) return;
    const [pair, { command }] = oldest;
    const message = `More than ${String(this.#mostOpen)} commands have processes or threads that can still write. Further output from those of this command is lost.`;
    this.#options.log.warn(`Command ${String(command?.id)}: ${message}`);
    this.#slots.delete(pair);
    command?.writer.add({ type: 'error', name: 'TooManyOpenCommands', message, traceback: '', frames: [] });
    command?.writer.close();
    this.link.closePair(pair);
  }

  /**
   * The link already reads it. The worker can retire a pair for late output at any time, so it waits until it is told.
   */
  #open(number: number, late: number | undefined): void {
    const slot = this.#newSlot(number);
    this.#slots.set(number, slot);
    if (late !== undefined) {
      slot.late = { writer: this.#late.find(late) };
      this.link.sendSide({ t: 'opened', number });
    }
    if (this.#slots.size > this.#mostOpen) this.#closeOldest();
  }

  #restoreSlot({ number, open, command, late, tails, pieces }: KeptPair): void {
    const slot: Slot = { ...this.#newSlot(number), pieces: [...pieces] };
    for (const stream of [0, 1] as const) {
      if (!open.includes(stream)) slot.ended.add(stream);
      if (tails[stream]) slot.parsers[stream].push(Buffer.from(tails[stream], 'latin1'));
    }
    this.#slots.set(number, slot);
    if (late !== null) slot.late = { writer: this.#continued(late, this.#lostSlot(-1)).writer };
    else if (command !== null) this.#last = this.#continued(command, slot);
  }

  /** A command whose end an earlier host has acknowledged. What that host has kept does not come again. */
  #continued(id: number, slot: Slot): Running {
    const writer = this.#continuationOf(id);
    this.#late.add(writer);
    const command = this.#running({ id, writer, onEnd: () => undefined }, slot);
    const merger = new StreamMerger((stream, bytes) => {
      if (!this.link.ahead?.isStored) writer.append(stream, bytes);
    });
    return (slot.command = { ...command, merger });
  }

  /** For a pair whose streams have already ended, or that was never announced: nothing can be read there. */
  #lostSlot(number: number): Slot {
    return { ...this.#newSlot(number), ended: new Set([0, 1]) };
  }

  #newSlot(number: number): Slot {
    return { parsers: [this.#parser(number, 0), this.#parser(number, 1)], ended: new Set(), pieces: [0, 0] };
  }

  #parser(pair: number, stream: StreamIndex): StreamMarkerParser {
    return new StreamMarkerParser(this.link.marker, {
      data: (bytes) => {
        const { command, late } = this.#slots.get(pair) ?? {};
        if (command) command.merger.data(stream, bytes);
        else if (late) late.writer?.append(stream, bytes);
        else if (this.#last) this.#last.writer.append(stream, bytes);
        else this.#options.start.append(stream, bytes);
      },
      marker: (kind, number) => {
        const slot = this.#slots.get(pair);
        if (kind === 'L' && slot) slot.pieces[stream] = number;
        const command = slot?.command;
        if (!command) return;
        if (kind === 'S') command.merger.change(stream, number);
        else if (kind === 'D') command.merger.place(stream, number);
        else if (kind === 'E' && number === command.id) {
          command.ended.add(stream);
          this.#settle(command);
        }
      },
    });
  }

  #finish(reply: Reply): void {
    const command = this.#current;
    if (command?.id !== reply.id) {
      this.#options.log.error(`Dropped the reply for command ${String(reply.id)}, which is not running.`);
      return;
    }
    this.#next = reply.next;
    command.reply = reply;
    this.#settle(command);
  }

  /**
   * A command is done when its reply and the end markers that the reply names have arrived, or can no longer arrive.
   */
  #settle(command: Running): void {
    const { reply, slot } = command;
    if (!reply || command !== this.#current) return;
    const missing = reply.ends.filter((stream) => !command.ended.has(stream));
    if (!missing.every((stream) => slot.ended.has(stream))) return;
    this.#current = undefined;
    if (missing.length > 0) this.#tellLost(command);
    for (const stream of [0, 1] as const) if (!reply.ends.includes(stream)) command.slot.parsers[stream].flush();
    command.merger.settle();
    command.onEnd({ reply });
  }

  #tellLost({ id, writer, slot }: Running): void {
    const message = 'The files for its output were removed, or this process has too many open files.';
    this.#options.log.error(`The output of command ${String(id)} is lost. ${message}`);
    writer.add({ type: 'error', name: 'OutputLost', message, traceback: '', frames: [] });
    if (slot.ended.size === 2) writer.close();
  }

  #display(message: DisplayMessage): void {
    const commands = [...this.#slots.values()].map(({ command }) => command);
    const command = commands.find((one) => one?.id === message.id);
    if (!command) {
      const late = this.#late.find(message.id);
      if (late) this.#displays.show(late, message);
      return;
    }
    command.merger.display(message.at, () => {
      this.#displays.show(command.writer, message);
    });
  }

  /** The streams of a command are free again; their next output belongs to another command. */
  #recycle(id: number): void {
    for (const slot of this.#slots.values()) {
      if (slot.command?.id !== id) continue;
      slot.command.writer.close();
      slot.command = undefined;
      return;
    }
  }
}
