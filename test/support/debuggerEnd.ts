import type { Socket } from 'node:net';
import { DebuggerListener } from '../../src/debug/debuggerListener.js';
import type { DebuggerPlace } from '../../src/protocol/worker.js';

interface Receiver<Message> {
  readonly receive: (message: Message) => void;
  readonly end: () => void;
}

/** Where a command connects to its debugger, and the messages that come from there. */
export class DebuggerEnd<Message, Stream extends { end(): void }> {
  readonly #listener: DebuggerListener | undefined;
  readonly #received: Message[] = [];
  readonly #waiting = new Set<() => void>();
  #isClosed = false;
  isConnected = false;
  readonly stream: Promise<Stream>;

  /** Without `given`, which has connected already, it waits for a connection. */
  constructor(open: (socket: Socket, receiver: Receiver<Message>) => Stream, given?: Socket) {
    let connected: (socket: Socket) => void = () => undefined;
    const socket = new Promise<Socket>((resolve) => (connected = resolve));
    if (given) connected(given);
    else this.#listener = new DebuggerListener(connected);
    const receive = (message: Message): void => {
      this.#received.push(message);
      this.#tell();
    };
    const end = (): void => {
      this.#isClosed = true;
      this.#tell();
    };
    this.stream = socket.then((opened) => {
      this.isConnected = true;
      return open(opened, { receive, end });
    });
  }

  async place(folders: readonly string[] = []): Promise<DebuggerPlace> {
    if (!this.#listener) throw new Error('It has connected.');
    return { address: await this.#listener.address(), token: this.#listener.token, folders };
  }

  /** Those that have come, and have not been taken by `next`. */
  get received(): readonly Message[] {
    return this.#received;
  }

  /** Takes the next one of a kind. */
  async next(isWanted: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const at = this.#received.findIndex(isWanted);
      const [found] = at < 0 ? [] : this.#received.splice(at, 1);
      if (found) return found;
      if (this.#isClosed) throw new Error('The connection was closed.');
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** The connection ends, as with the window. */
  close(): void {
    this.#listener?.close();
    void this.stream.then((stream) => {
      stream.end();
    });
  }

  #tell(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
