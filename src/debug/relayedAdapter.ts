import type { Socket } from 'node:net';
import { AdapterStream, type AdapterMessage } from './adapterStream.js';
import type { ExceptionFilters } from './exceptionFilters.js';
import type { PausedAt } from './pausedAt.js';
import { type FolderPair, pathThere } from '../host/machines/folderPair.js';
import { type Translation, translated } from './requestTranslation.js';
import { SharedFiles } from './sharedFiles.js';

export interface RelayedAdapterOptions {
  /** Sends a message to VS Code. */
  readonly send: (message: object) => void;
  /** Ends the command: the user stops debugging. */
  readonly stop: () => void;
  /** The command has stopped, or goes on. */
  readonly onDidPause: (at: PausedAt | undefined) => void;
  /** The folders of the workspace, and that of the session if it is on another machine; once it has started. */
  readonly folders: () => FolderPair;
  readonly exceptions: ExceptionFilters;
  /** The connection has failed. It is closed. */
  readonly onError: (error: Error) => void;
}

/** Our own requests have numbers that VS Code's do not reach. */
const FIRST_OWN = 1_000_000_000;
const resuming: ReadonlySet<string | undefined> = new Set(['continue', 'next', 'stepIn', 'stepOut', 'goto']);

/**
 * Passes messages between VS Code and the debugger in a worker. Messages of VS Code wait until the debugger has
 * connected. Stop interrupts the command instead of ending the process, so that its session continues.
 */
export class RelayedAdapter {
  readonly #options: RelayedAdapterOptions;
  #stream: AdapterStream | undefined;
  #waiting: AdapterMessage[] = [];
  #lastOwn = FIRST_OWN;
  #lastSent = 0;
  /** What becomes of the answers to requests of VS Code, by number. */
  readonly #answers = new Map<number, NonNullable<Translation['answer']>>();
  /** What is done with the answers to our own requests, by number; undefined at the end of the connection. */
  readonly #asked = new Map<number, (answer: AdapterMessage | undefined) => void>();
  readonly #files: SharedFiles;
  #isPaused = false;
  #hasEnded = false;

  constructor(options: RelayedAdapterOptions) {
    this.#options = options;
    this.#files = new SharedFiles((source) => this.#textOf(source), options.folders);
  }

  /** The debugger has connected; only once. */
  connect(socket: Socket): void {
    if (this.#hasEnded || this.#stream) {
      socket.destroy();
      return;
    }
    const stream = new AdapterStream(
      socket,
      (message) => {
        this.#receive(message);
      },
      (error) => {
        if (error) this.#options.onError(error);
        this.end();
      },
    );
    this.#stream = stream;
    for (const message of this.#waiting.splice(0)) this.#pass(message, stream);
  }

  /** A message of VS Code. */
  handle(message: AdapterMessage): void {
    if (message.type !== 'request') {
      this.#forward(message);
      return;
    }
    if (message.command === 'terminate') {
      this.#respond(message);
      this.#options.stop();
    } else if (this.#hasEnded) this.#respond(message);
    else if (message.command === 'disconnect') {
      this.#respond(message);
      // VS Code has its response already. The command continues if it has not been stopped.
      this.#stream?.send({ ...message, seq: ++this.#lastOwn, arguments: { terminateDebuggee: false } });
      if (!this.#stream) this.#options.stop();
    } else {
      const { request, answer } = translated(message, this.#options.exceptions);
      if (answer) this.#answers.set(message.seq, answer);
      this.#forward(request);
    }
  }

  /** The command has ended, or the connection. Idempotent. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#stream?.end();
    for (const answered of this.#asked.values()) answered(undefined);
    this.#asked.clear();
    this.#resume();
    for (const message of this.#waiting.splice(0)) this.#respond(message);
    this.#options.send({ seq: ++this.#lastSent, type: 'event', event: 'terminated' });
  }

  #forward(message: AdapterMessage): void {
    if (this.#stream) this.#pass(message, this.#stream);
    else this.#waiting.push(message);
  }

  #pass(message: AdapterMessage, stream: AdapterStream): void {
    if (message.command === 'setBreakpoints') this.#setThere(message.arguments ?? {});
    stream.send(message);
  }

  #receive(message: AdapterMessage): void {
    if (message.type === 'response' && (message.request_seq ?? 0) >= FIRST_OWN) {
      const answered = this.#asked.get(message.request_seq ?? 0);
      this.#asked.delete(message.request_seq ?? 0);
      answered?.(message);
      return;
    }
    if (message.event === 'terminated') {
      this.end();
      return;
    }
    if (tellsOfInterrupt(message)) return;
    if (message.event === 'stopped') this.#askTop(message.body as { readonly threadId?: number } | undefined);
    const goesOn = message.type === 'response' && message.success !== false && resuming.has(message.command);
    if (goesOn || message.event === 'continued') this.#resume();
    if (message.event === 'stopped') this.#options.send(shown(message));
    else this.#answer(message);
  }

  #answer(message: AdapterMessage): void {
    const change = message.type === 'response' ? this.#answers.get(message.request_seq ?? 0) : undefined;
    this.#answers.delete(message.request_seq ?? 0);
    const answer = change && message.success !== false ? change(message) : message;
    if (message.command === 'stackTrace') this.#sendFrames(answer);
    else this.#options.send(answer);
  }

  #sendFrames(message: AdapterMessage): void {
    const led = this.#files.lead(message);
    if (!led) this.#options.send(message);
    else
      void led.then((answer) => {
        if (!this.#hasEnded) this.#options.send(answer);
      });
  }

  /** The breakpoints of a file of the workspace also count in the file there, which code of the session imports. */
  #setThere(args: BreakpointArguments): void {
    const here = args.source?.path;
    const there = here === undefined ? undefined : pathThere(this.#options.folders(), here);
    if (there === undefined || there === here) return;
    this.#ask('setBreakpoints', { ...args, source: { path: there } }, () => undefined);
  }

  async #textOf(source: { readonly sourceReference?: number }): Promise<string | undefined> {
    const { sourceReference } = source;
    const answer = await new Promise<AdapterMessage | undefined>((resolve) => {
      this.#ask('source', { source, sourceReference }, resolve);
    });
    const { content } = (answer?.body ?? {}) as { readonly content?: unknown };
    return typeof content === 'string' ? content : undefined;
  }

  #ask(command: string, args: object, answered: (answer: AdapterMessage | undefined) => void): void {
    this.#asked.set(++this.#lastOwn, answered);
    this.#stream?.send({ seq: this.#lastOwn, type: 'request', command, arguments: args });
  }

  /** Asks in which line a thread has stopped. */
  #askTop({ threadId }: { readonly threadId?: number } = {}): void {
    this.#isPaused = true;
    this.#ask('stackTrace', { threadId, startFrame: 0, levels: 1 }, (answer) => {
      this.#tellTop(answer);
    });
  }

  #tellTop(answer: AdapterMessage | undefined): void {
    const { stackFrames = [] } = (answer?.body ?? {}) as { readonly stackFrames?: readonly Partial<TopFrame>[] };
    const [top] = stackFrames;
    const file = top?.source?.path;
    if (this.#isPaused && typeof file === 'string' && typeof top?.line === 'number')
      this.#options.onDidPause({ file, line: top.line });
  }

  #resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#options.onDidPause(undefined);
  }

  #respond({ seq, command }: AdapterMessage): void {
    this.#options.send({
      seq: ++this.#lastSent,
      type: 'response',
      request_seq: seq,
      success: true,
      command,
      body: {},
    });
  }
}

/** pydevd asks VS Code not to show where a command has paused, although its user has asked for that. */
function shown(message: AdapterMessage): AdapterMessage {
  return { ...message, body: { ...(message.body ?? {}), preserveFocusHint: false } };
}

/** pydevd warns when an interrupt ends a stop, although the user wants that. */
function tellsOfInterrupt({ event, body }: AdapterMessage): boolean {
  const { output } = (body ?? {}) as { readonly output?: unknown };
  return event === 'output' && typeof output === 'string' && output.startsWith("<class 'KeyboardInterrupt'> raised");
}

interface BreakpointArguments {
  readonly source?: { readonly path?: string };
}

interface TopFrame {
  readonly line: number;
  readonly source: { readonly path?: string };
}
