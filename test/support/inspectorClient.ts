import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import { InspectorStream } from '../../src/debug/inspectorStream.js';
import type { DebuggerPlace } from '../../src/protocol/worker.js';
import { DebuggerEnd } from './debuggerEnd.js';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface CallFrame {
  readonly callFrameId: string;
  readonly functionName: string;
  readonly url: string;
  readonly location: { readonly lineNumber: number };
  readonly scopeChain: readonly { readonly type: string }[];
}

/** A client of the inspector's protocol, for one command of a JavaScript session. */
export class InspectorClient {
  #id = 0;
  readonly #end = new DebuggerEnd<Message, InspectorStream>(
    (socket, { receive, end }) => new InspectorStream(socket, receive, end),
  );

  /** Whether the command has connected. */
  get isConnected(): boolean {
    return this.#end.isConnected;
  }

  place(): Promise<DebuggerPlace> {
    return this.#end.place();
  }

  /** Sends a request; its result. */
  async request(method: string, params: object = {}): Promise<unknown> {
    const id = ++this.#id;
    (await this.#end.stream).send({ id, method, params });
    const { error, result } = await this.#end.next((message) => message.id === id);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** The next event of a kind that was not returned before. */
  async event(method: string): Promise<unknown> {
    return (await this.#end.next((message) => message.method === method)).params;
  }

  /** The events of a kind that have come. */
  events(method: string): unknown[] {
    return this.#end.received.filter((message) => message.method === method).map(({ params }) => params);
  }

  /** Sets breakpoints at lines, which count from 1, and lets the command begin. */
  async begin(file: string, lines: readonly number[] = [], condition = ''): Promise<void> {
    await this.request('Runtime.enable');
    await this.request('Debugger.enable');
    for (const line of lines)
      await this.request('Debugger.setBreakpointByUrl', { url: `file://${file}`, lineNumber: line - 1, condition });
    await this.request('Runtime.runIfWaitingForDebugger');
  }

  /** Waits until the command stops; its frames, the innermost first, and the kinds of the scopes there. */
  async stop(): Promise<{ readonly at: string[]; readonly frame: string; readonly scopes: string[] }> {
    const { callFrames } = (await this.event('Debugger.paused')) as { readonly callFrames: readonly CallFrame[] };
    const [top] = callFrames;
    const scopes = top?.scopeChain.map(({ type }) => type) ?? [];
    return { at: callFrames.map(placeOf), frame: top?.callFrameId ?? '', scopes };
  }

  async interrupt(): Promise<void> {
    (await this.#end.stream).interrupt();
  }

  /** The connection ends, as with the window. */
  close(): void {
    this.#end.close();
  }
}

function placeOf({ functionName, url, location }: CallFrame): string {
  const file = url.startsWith('file:') ? fileURLToPath(url) : url;
  return `${functionName}@${file}:${String(location.lineNumber + 1)}`;
}

/** Makes clients for a test. What it leaves stopped goes on when they are closed, at its end. */
export function inspectorClients(): () => InspectorClient {
  const clients: InspectorClient[] = [];
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  return () => {
    const client = new InspectorClient();
    clients.push(client);
    return client;
  };
}
