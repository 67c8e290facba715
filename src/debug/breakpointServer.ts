import type { Socket } from 'node:net';
import type { DebuggerPlace } from '../protocol/worker.js';
import { DebuggerListener } from './debuggerListener.js';

const DIGITS = 16;

/** Who waits for a command, or for the processes that it starts. */
interface Expected<Waiting> {
  readonly waiting: Waiting;
  readonly isChild: boolean;
}

/**
 * Waits for the commands of a window that run without a debugger, and connect when they need one, and for the processes
 * that debugged commands start.
 */
export class BreakpointServer<Waiting> {
  readonly #connected: (waiting: Waiting, socket: Socket, child?: number) => void;
  readonly #waiting = new Map<number, Expected<Waiting>>();
  #listener: DebuggerListener | undefined;
  #lastNumber = 0;

  /**
   * `connected` is called with a paused socket whose next byte is the debugger's first one, and with the id of a
   * process that the command has started.
   */
  constructor(connected: (waiting: Waiting, socket: Socket, child?: number) => void) {
    this.#connected = connected;
  }

  /** Where a command connects, and how to wait for it. @throws the system's error if nobody can. */
  async place(
    folders: readonly string[],
    { onBreakpoint, hasChildren = false }: { readonly onBreakpoint?: boolean; readonly hasChildren?: boolean } = {},
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
    const [number, ofChildren] = [++this.#lastNumber, ++this.#lastNumber];
    const [token, subProcess] = [number, ofChildren].map((each) => listener.token + digitsOf(each)) as [string, string];
    return {
      place: {
        address: await this.#addressOf(listener),
        token,
        folders,
        ...(onBreakpoint !== undefined && { onBreakpoint }),
        ...(hasChildren && { subProcess }),
      },
      wait: (waiting) => {
        this.#waiting.set(number, { waiting, isChild: false });
        if (hasChildren) this.#waiting.set(ofChildren, { waiting, isChild: true });
        return () => {
          this.#waiting.delete(number);
          this.#waiting.delete(ofChildren);
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

  /** The number of its command follows the token, and then the id of a process that the command has started. */
  #identify(socket: Socket): void {
    socket.on('error', () => undefined); // followed by 'close'
    readNumber(socket, (number) => {
      const expected = this.#waiting.get(number);
      if (expected?.isChild) {
        readNumber(socket, (child) => {
          this.#connected(expected.waiting, socket, child);
        });
      } else if (expected) this.#connected(expected.waiting, socket);
      else socket.destroy();
    });
  }
}

function digitsOf(number: number): string {
  return String(number).padStart(DIGITS, '0');
}

/** Reads so many digits, and pauses the socket behind them. */
function readNumber(socket: Socket, then: (number: number) => void): void {
  let received: Buffer = Buffer.alloc(0);
  const read = (chunk: Buffer): void => {
    received = Buffer.concat([received, chunk]);
    if (received.length < DIGITS) return;
    socket.pause().off('data', read);
    const rest = received.subarray(DIGITS);
    if (rest.length > 0) socket.unshift(rest);
    then(Number(received.toString('latin1', 0, DIGITS)));
  };
  socket.on('data', read).resume();
}
