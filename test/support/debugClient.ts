import { once } from 'node:events';
import type { Socket } from 'node:net';
import { AdapterStream, type AdapterMessage } from '../../src/debug/adapterStream.js';
import { DebuggerListener } from '../../src/debug/debuggerListener.js';
import type { DebuggerPlace } from '../../src/protocol/worker.js';

/** A client of the debug adapter protocol, for one command of a session. */
export class DebugClient {
  readonly #listener: DebuggerListener;
  readonly #folders: readonly string[];
  readonly #received: AdapterMessage[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #stream: Promise<AdapterStream>;
  #seq = 0;
  isClosed = false;

  constructor(folders: readonly string[]) {
    this.#folders = folders;
    let connected: (socket: Socket) => void = () => undefined;
    const promise = new Promise<Socket>((resolve) => (connected = resolve));
    this.#listener = new DebuggerListener((socket) => {
      connected(socket);
    });
    this.#stream = promise.then((socket) => {
      const stream = new AdapterStream(
        socket,
        (message) => {
          if (process.env.DBGTRACE) (globalThis as any).log?.('<-', JSON.stringify(message));
          this.#received.push(message);
          if (message.event === 'terminated') stream.end();
          this.#tell();
        },
        () => {
          this.isClosed = true;
          this.#tell();
        },
      );
      return stream;
    });
  }

  async place(): Promise<DebuggerPlace> {
    return { address: await this.#listener.address(), token: this.#listener.token, folders: this.#folders };
  }

  /** Sends a request; the body of its response. */
  async request(command: string, args: object = {}): Promise<any> {
    const seq = ++this.#seq;
    (await this.#stream).send({ seq, type: 'request', command, arguments: args });
    const response = await this.#next((message) => message.type === 'response' && message.request_seq === seq);
    if (response.success === false) throw new Error(`${command}: ${response.message}`);
    return response.body;
  }

  /** The next event of a kind that was not returned before. */
  async event(kind: string): Promise<any> {
    return (await this.#next((message) => message.type === 'event' && message.event === kind)).body;
  }

  /** Sets breakpoints, and lets the command begin. */
  async begin(breakpoints: Readonly<Record<string, readonly object[]>>, args: object = {}): Promise<void> {
    await this.request('initialize', { adapterID: 'extsession', pathFormat: 'path', linesStartAt1: true });
    await this.request('attach', { justMyCode: true, ...args });
    await this.event('initialized');
    for (const [path, lines] of Object.entries(breakpoints))
      await this.request('setBreakpoints', { source: { path }, breakpoints: lines });
    await this.request('configurationDone');
  }

  close(): void {
    this.#listener.close();
    void this.#stream.then((stream) => {
      stream.end();
    });
  }

  async #next(isWanted: (message: AdapterMessage) => boolean): Promise<AdapterMessage> {
    for (;;) {
      const at = this.#received.findIndex(isWanted);
      const [found] = at < 0 ? [] : this.#received.splice(at, 1);
      if (found) return found;
      if (this.isClosed) throw new Error('The connection was closed.');
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  #tell(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
