import type { Socket } from 'node:net';
import { AdapterStream, type AdapterMessage } from '../../src/debug/adapterStream.js';
import type { DebuggerPlace } from '../../src/protocol/worker.js';
import { DebuggerEnd } from './debuggerEnd.js';

/** What is read of the answers and events of a debugger. */
export interface DebugBody {
  readonly threadId?: number;
  readonly reason?: string;
  readonly output?: string;
  readonly result?: string;
  readonly content?: string;
  readonly exceptionId?: string;
  readonly threads?: readonly { readonly id: number; readonly name: string }[];
  readonly stackFrames?: readonly {
    readonly id: number;
    readonly name: string;
    readonly line: number;
    readonly source?: { readonly path?: string; readonly sourceReference?: number };
  }[];
  readonly scopes?: readonly { readonly name: string; readonly variablesReference: number }[];
  readonly variables?: readonly { readonly name: string; readonly value: string }[];
}

/** A client of the debug adapter protocol, for one command of a session. */
export class DebugClient {
  readonly #folders: readonly string[];
  #seq = 0;
  readonly #end: DebuggerEnd<AdapterMessage, AdapterStream>;

  /** Of what has connected by `socket`, or will connect at `place()`. */
  constructor(folders: readonly string[], socket?: Socket) {
    this.#folders = folders;
    this.#end = new DebuggerEnd((opened, { receive, end }) => {
      const stream = new AdapterStream(
        opened,
        (message) => {
          receive(message);
          if (message.event === 'terminated') stream.end();
        },
        end,
      );
      return stream;
    }, socket);
  }

  place(): Promise<DebuggerPlace> {
    return this.#end.place(this.#folders);
  }

  /** Sends a request; the body of its response. */
  async request(command: string, args: object = {}): Promise<DebugBody> {
    const seq = ++this.#seq;
    (await this.#end.stream).send({ seq, type: 'request', command, arguments: args });
    const response = await this.#end.next((message) => message.type === 'response' && message.request_seq === seq);
    if (response.success === false) throw new Error(`${command}: ${String(response.message)}`);
    return response.body ?? {};
  }

  /** The next event of a kind that was not returned before. */
  async event(kind: string): Promise<DebugBody> {
    const { body } = await this.#end.next((message) => message.type === 'event' && message.event === kind);
    return body ?? {};
  }

  /** How many events of a kind have come that were not returned yet. */
  eventsLeft(kind: string): number {
    return this.#end.received.filter((message) => message.event === kind).length;
  }

  /** Sets breakpoints, by file, and lets the command begin. */
  async begin(
    breakpoints: Readonly<Record<string, readonly object[]>>,
    { justMyCode = true, exceptions = [] as readonly string[], exceptionOptions = [] as readonly object[] } = {},
  ): Promise<void> {
    await this.request('initialize', { adapterID: 'test', pathFormat: 'path', linesStartAt1: true });
    await this.request('launch', { justMyCode, showReturnValue: true });
    await this.event('initialized');
    for (const [path, lines] of Object.entries(breakpoints))
      await this.request('setBreakpoints', { source: { path }, breakpoints: lines });
    await this.request('setExceptionBreakpoints', { filters: exceptions, exceptionOptions });
    await this.request('configurationDone');
  }

  /** Waits until the command stops; where, the innermost frame first, and the thread. */
  async stop(): Promise<{
    readonly at: string[];
    readonly frame: number;
    readonly threadId: number;
    readonly reason: string;
  }> {
    const { threadId = 0, reason = '' } = await this.event('stopped');
    const { stackFrames = [] } = await this.request('stackTrace', { threadId });
    return {
      at: stackFrames.map(({ name, line }) => `${name}:${String(line)}`),
      frame: stackFrames[0]?.id ?? 0,
      threadId,
      reason,
    };
  }

  /** The connection ends, as with the window. */
  close(): void {
    this.#end.close();
  }
}
