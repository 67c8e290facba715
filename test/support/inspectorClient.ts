import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { DebuggerListener } from '../../src/debug/debuggerListener.js';
import { InspectorStream } from '../../src/debug/inspectorStream.js';
import type { DebuggerPlace } from '../../src/protocol/worker.js';

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
}

/** A client of the inspector's protocol, for one command of a JavaScript session. */
export class InspectorClient {
  readonly #listener: DebuggerListener;
  readonly #received: Message[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #stream: Promise<InspectorStream>;
  #id = 0;
  #isClosed = false;

  constructor() {
    let connected: (socket: Socket) => void = () => undefined;
    const socket = new Promise<Socket>((resolve) => (connected = resolve));
    this.#listener = new DebuggerListener(connected);
    this.#stream = socket.then((opened) => this.#open(opened));
  }

  async place(): Promise<DebuggerPlace> {
    return { address: await this.#listener.address(), token: this.#listener.token, folders: [] };
  }

  /** Sends a request; its result. */
  async request(method: string, params: object = {}): Promise<unknown> {
    const id = ++this.#id;
    (await this.#stream).send({ id, method, params });
    const { error, result } = await this.#next((message) => message.id === id);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** The next event of a kind that was not returned before. */
  async event(method: string): Promise<unknown> {
    return (await this.#next((message) => message.method === method)).params;
  }

  /** The events of a kind that have come. */
  events(method: string): unknown[] {
    return this.#received.filter((message) => message.method === method).map(({ params }) => params);
  }

  /** Sets breakpoints at lines, which count from 1, and lets the command begin. */
  async begin(file: string, lines: readonly number[] = [], condition = ''): Promise<void> {
    await this.request('Runtime.enable');
    await this.request('Debugger.enable');
    for (const line of lines)
      await this.request('Debugger.setBreakpointByUrl', { url: `file://${file}`, lineNumber: line - 1, condition });
    await this.request('Runtime.runIfWaitingForDebugger');
  }

  /** Waits until the command stops; its frames, the innermost first. */
  async stop(): Promise<{ readonly at: string[]; readonly frame: string }> {
    const { callFrames } = (await this.event('Debugger.paused')) as { readonly callFrames: readonly CallFrame[] };
    return { at: callFrames.map(placeOf), frame: callFrames[0]?.callFrameId ?? '' };
  }

  async interrupt(): Promise<void> {
    (await this.#stream).interrupt();
  }

  /** The connection ends, as with the window. */
  close(): void {
    this.#listener.close();
    void this.#stream.then((stream) => {
      stream.end();
    });
  }

  #open(socket: Socket): InspectorStream {
    return new InspectorStream(
      socket,
      (message) => {
        this.#received.push(message);
        this.#tell();
      },
      () => {
        this.#isClosed = true;
        this.#tell();
      },
    );
  }

  async #next(isWanted: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const at = this.#received.findIndex(isWanted);
      const [found] = at < 0 ? [] : this.#received.splice(at, 1);
      if (found) return found;
      if (this.#isClosed) throw new Error('The connection was closed.');
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  #tell(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

function placeOf({ functionName, url, location }: CallFrame): string {
  const file = url.startsWith('file:') ? fileURLToPath(url) : url;
  return `${functionName}@${file}:${String(location.lineNumber + 1)}`;
}
