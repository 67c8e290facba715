import type { Socket } from 'node:net';
import type { DebuggerPlace } from '../protocol/worker.js';
import { DebuggerListener } from './debuggerListener.js';

const DIGITS = 16;

/** Waits for the commands of a window that run without a debugger, and connect when they need one. */
export class BreakpointServer<Waiting> {
  readonly #connected: (waiting: Waiting, socket: Socket) => void;
  readonly #waiting = new Map<number, Waiting>();
  #listener: DebuggerListener | undefined;
  #lastNumber = 0;

  /** `connected` is called with a paused socket whose next byte is the debugger's first one. */
  constructor(connected: (waiting: Waiting, socket: Socket) => void) {
    this.#connected = connected;
  }

  /** Where a command connects, and how to wait for it. @throws the system's error if nobody can. */
  async place(
    folders: readonly string[],
    onBreakpoint: boolean,
  ): Promise<{
    readonly place: DebuggerPlace;
    /** Returns a function that ends the wait. */
    readonly wait: (waiting: Waiting) => () => void;
  }> {
    const listener = (this.#listener ??= new DebuggerListener(
      (socket) => {
        this.#identify(socket);
      },
      { isForMany: true },
    ));
    const number = ++this.#lastNumber;
    const token = listener.token + String(number).padStart(DIGITS, '0');
    return {
      place: { address: await this.#addressOf(listener), token, folders, onBreakpoint },
      wait: (waiting) => {
        this.#waiting.set(number, waiting);
        return () => {
          this.#waiting.delete(number);
        };
      },
    };
  }

  dispose(): void {
    this.#listener?.close();
  }

  /** The next command tries again what was not possible for this one. */
  async #addressOf(listener: DebuggerListener): Promise<string> {
    try {
      return await listener.address();
    } catch (error) {
      listener.close();
      if (this.#listener === listener) this.#listener = undefined;
      throw error;
    }
  }

  /** The number of its command follows the token. */
  #identify(socket: Socket): void {
    let received: Buffer = Buffer.alloc(0);
    const read = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      if (received.length < DIGITS) return;
      socket.pause().off('data', read);
      const waiting = this.#waiting.get(Number(received.toString('latin1', 0, DIGITS)));
      const rest = received.subarray(DIGITS);
      if (rest.length > 0) socket.unshift(rest);
      if (waiting === undefined) socket.destroy();
      else this.#connected(waiting, socket);
    };
    socket.on('error', () => undefined); // followed by 'close'
    socket.on('data', read).resume();
  }
}
