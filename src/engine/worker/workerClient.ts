import type { DisplayMessage, Reply, Request, WorkerMessage } from '../../protocol/worker.js';
import { type ExitStatus, describeExit } from '../link/childProcess.js';
import { ChildMemory } from './childMemory.js';
import { CommandStreams, type Continuations, type StreamedCommand } from './commandStreams.js';
import { Displays } from './displays.js';
import { CancelledError, SessionDeadError, type SessionDetachedError } from '../errors.js';
import type { ExtResults } from '../extResults.js';
import type { ResultsWriter } from '../resultsWriter.js';
import { Introspection } from './introspection.js';
import type { Link, LinkHandler } from '../link/link.js';
import type { Logger } from '../logger.js';
import type { StandardInput } from './standardInput.js';
import type { StartOutput } from './startOutput.js';
import type { StreamIndex } from '../output/streamMerger.js';
import type { Attachment } from '../supervised/attachment.js';
import type { UnsentText } from '../link/unsentText.js';

/** How a request ended: with the worker's reply, or with the worker. */
export type Ending = { readonly reply: Reply } | { readonly death: ExitStatus };

/** The command that runs, or whose output is still on its way. */
interface Current {
  readonly command: StreamedCommand;
  readonly onEnd: (ending: Ending) => void;
  reply?: Reply;
}

/** Who waits for a request. */
export interface Begun {
  readonly writer: ResultsWriter;
  readonly onEnd: (ending: Ending) => void;
}

/** Whoever has the requests that were sent ahead. */
export interface RequestsInOrder {
  /** The request begins; undefined if nobody here waits for it. */
  begun(id: number, at: number): Begun | undefined;
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
  readonly taken: Promise<SessionDetachedError>;
  requests: RequestsInOrder | undefined;
  readonly exitStatus: Promise<ExitStatus>;
  readonly introspection: Introspection;
  #resolveReady!: () => void;
  #resolveTaken!: (error: SessionDetachedError) => void;
  #resolveExit!: (status: ExitStatus) => void;
  #next = 0;
  #current: Current | undefined;
  readonly #streams: CommandStreams;
  readonly #children: ChildMemory | undefined;
  #continuations: Continuations | undefined;
  readonly #displays = new Displays();
  readonly link: Link;

  constructor(options: WorkerClientOptions) {
    this.#options = options;
    this.link = options.link;
    this.ready = new Promise((resolve) => (this.#resolveReady = resolve));
    this.exitStatus = new Promise((resolve) => (this.#resolveExit = resolve));
    this.taken = new Promise((resolve) => (this.#resolveTaken = resolve));
    const { childrenOf } = options.link;
    this.#children = childrenOf === undefined ? undefined : new ChildMemory(childrenOf);
    this.#streams = new CommandStreams({
      ...options,
      progressed: (command) => {
        if (command === this.#current?.command) this.#settle(this.#current);
      },
    });
    this.introspection = new Introspection(
      (message) => {
        this.link.sendSide(message);
      },
      () => {
        if (this.link.nudge()) this.#streams.notices.expect();
      },
    );
  }

  /** Starts delivery. Called once. */
  open(): void {
    this.link.open(this);
  }

  /** Goes on where an earlier host was. */
  restore({ next, last, running, pairs }: Attachment['state'], continuations: Continuations): void {
    this.#continuations = continuations;
    this.#streams.restore(pairs, last, continuations);
    if (next !== null) {
      this.#next = next;
      this.#resolveReady();
    }
    if (running !== null) this.begun(running, Date.now());
  }

  /** Sends a request; its output goes to `writer`. Call it again only after `onEnd` was called. */
  run(request: Request, writer: ResultsWriter, onEnd: (ending: Ending) => void): void {
    this.#current = { command: this.#streams.begin(writer, this.#next), onEnd };
    this.#children?.begin();
    this.link.send(request);
  }

  begun(id: number, at: number): void {
    const known = this.requests?.begun(id, at);
    const command = known
      ? this.#streams.begin(known.writer, this.#next)
      : this.#streams.continue(this.#continuation(id), this.#next);
    this.#current = { command, onEnd: known?.onEnd ?? (() => undefined) };
    this.#children?.begin();
  }

  cancelled(id: number): void {
    this.requests?.cancelled(id);
  }

  detached(error: SessionDetachedError): void {
    this.letGo(error);
    this.#resolveTaken(error);
  }

  /** Nothing that is asked here is answered any more, and nobody here is asked. The process goes on. */
  letGo(error: Error): void {
    this.introspection.stop(error);
    this.#children?.end();
    this.#options.input.cancelAll();
    this.#streams.close();
    this.#options.start.close();
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
        this.#streams.open(message.number, message.id);
        break;
      case 'done':
        this.#finish(message);
        break;
      case 'closed':
        this.#streams.recycle(message.id);
        break;
      case 'input':
        this.#options.input.request({ ...message, results: this.#streams.resultsOf(message.id) }, (text, lines) => {
          const answer = { t: 'input', request: message.request, text } as const;
          if (this.link.ahead) this.link.ahead.answerInput(answer, lines);
          else this.link.sendSide(answer);
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
    this.#streams.data(pair, stream, bytes);
  }

  streamEnded(pair: number, stream: StreamIndex): void {
    this.#streams.end(pair, stream);
  }

  left(text: UnsentText): void {
    this.#streams.addUnsent(text);
  }

  exited(status: ExitStatus): void {
    this.#options.input.cancelAll();
    this.introspection.stop(new SessionDeadError(describeExit(status)));
    const current = this.#current;
    this.#current = undefined;
    this.#children?.end();
    current?.command.merger.settle();
    current?.onEnd({ death: status });
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
    this.#children?.end();
    this.introspection.stop(new CancelledError('The session has ended or was restarted.'));
    this.link.dispose();
    this.#streams.close();
    this.#options.start.close();
  }

  #continuation(id: number): ResultsWriter {
    if (!this.#continuations) throw new Error('There is no command that this host has not seen.');
    return this.#continuations.of(id);
  }

  #finish(reply: Reply): void {
    const current = this.#current;
    if (current?.command.id !== reply.id) {
      this.#options.log.error(`Dropped the reply for command ${String(reply.id)}, which is not running.`);
      return;
    }
    this.#next = reply.next;
    current.reply = withChildren(reply, this.#children?.end() ?? 0);
    this.#settle(current);
  }

  /**
   * A command is done when its reply and the end markers that the reply names have arrived, or can no longer arrive.
   */
  #settle({ command, reply, onEnd }: Current): void {
    if (!reply) return;
    const missing = reply.ends.filter((stream) => !command.ended.has(stream));
    if (!missing.every((stream) => command.left.has(stream))) return;
    this.#current = undefined;
    command.isOver = true;
    if (missing.length > 0) this.#tellLost(command);
    for (const stream of [0, 1] as const) if (!reply.ends.includes(stream)) command.flush(stream);
    command.merger.settle();
    onEnd({ reply });
  }

  #tellLost({ id, writer, left }: StreamedCommand): void {
    const message = 'The files for its output were removed, or this process has too many open files.';
    this.#options.log.error(`The output of command ${String(id)} is lost. ${message}`);
    writer.add({ type: 'error', name: 'OutputLost', message, traceback: '', frames: [] });
    if (left.size === 2) writer.close();
  }

  #display(message: DisplayMessage): void {
    if (this.link.ahead?.isStored && this.#continuations?.has(message.id)) return;
    const command = this.#streams.holder(message.id);
    if (!command) {
      const late = this.#streams.writerOf(message.id);
      if (late) this.#displays.show(late, message);
      return;
    }
    command.merger.display(message.at, () => {
      this.#displays.show(command.writer, message);
    });
  }
}

/** The most memory that the process has had, or one of its children, if that is more. */
function withChildren(reply: Reply, childBytes: number): Reply {
  const { usage } = reply;
  return usage && childBytes > 0 ? { ...reply, usage: { ...usage, peakBytes: childBytes } } : reply;
}
