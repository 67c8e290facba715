import { existsSync } from 'node:fs';
import path from 'node:path';
import workerThreads from 'node:worker_threads';
import type { Pause } from '../../../../protocol/output.js';
import type { DebuggerPlace } from '../../../../protocol/worker.js';
import { withPlainBuiltins } from '../builtins.js';
import type { FromRelay, RelayOptions, ToRelay } from './relayMessages.js';

/** Not the one that the worker and the user may put in its place. */
const { Worker } = workerThreads;
const soon = setImmediate;

/** The command has not run: the debugger could not be connected, or has disconnected. */
class DebuggerError extends Error {
  override readonly name = 'DebuggerError';
}

/** What waits for promises such that an interrupt ends the wait. */
interface Waiting {
  call<Result>(run: () => Promise<Result>): Promise<Result>;
}

/** The running command, if it has a place for a debugger. */
let debuggee: Debuggee | undefined;

/**
 * Runs a command with the host's debugger, if it has one: from when the debugger has set its breakpoints, or from the
 * first pause, to the end of the command. Rejects with what the command rejects with, or DebuggerError.
 */
export async function debugged<Result>(
  place: DebuggerPlace | undefined,
  session: Waiting,
  run: () => Promise<Result>,
): Promise<Result> {
  if (!place) return await run();
  const own = (debuggee = new Debuggee(place));
  try {
    if (place.onBreakpoint === undefined) {
      const { begun } = own.connect();
      await session.call(() => begun);
    }
    return await run();
  } finally {
    debuggee = undefined;
    await own.end();
  }
}

/** Stops the running command in the debugger: where it is, if it is busy, or in the code with which it goes on. */
export function pause(isBusy: boolean): Pause {
  if (!debuggee?.hasHost) return 'impossible';
  debuggee.pause();
  return isBusy ? 'paused' : 'later';
}

/** A command, and its connections to debuggers, one after the other. */
class Debuggee {
  readonly #place: DebuggerPlace;
  readonly #relays: Relay[] = [];

  constructor(place: DebuggerPlace) {
    this.#place = place;
  }

  /** Whether the window still waits that has started the command, or is connected. */
  get hasHost(): boolean {
    const { address } = this.#place;
    return this.#connected !== undefined || address.includes(':') || existsSync(address);
  }

  connect(pauses = false): Relay {
    return withPlainBuiltins(() => {
      const relay = new Relay(this.#place, pauses);
      this.#relays.push(relay);
      return relay;
    });
  }

  pause(): void {
    const connected = this.#connected;
    if (connected) connected.pause();
    else this.connect(true);
  }

  /** Resolves when nothing is left of them. */
  async end(): Promise<void> {
    // oxlint-disable-next-line typescript/prefer-for-of -- that would call the user's iterator
    for (let at = 0; at < this.#relays.length; at++) await this.#relays[at]?.end();
  }

  get #connected(): Relay | undefined {
    return withPlainBuiltins(() => this.#relays.find((relay) => !relay.isDone));
  }
}

/** A thread that connects the inspector of this one with the debugger, which also works while this one is stopped. */
class Relay {
  /** Resolves when the debugger lets the command begin. Rejects with DebuggerError. */
  readonly begun: Promise<void>;
  readonly #thread: workerThreads.Worker;
  readonly #done = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #ended: Promise<void>;

  constructor(place: DebuggerPlace, pauses: boolean) {
    this.#thread = startThread({ place, pauses, done: this.#done });
    this.#thread.unref();
    this.#ended = new Promise((resolve) => this.#thread.once('exit', () => resolve()));
    this.begun = new Promise((resolve, reject) => {
      this.#thread.on('message', (message: FromRelay) => {
        if (message.t === 'begin') resolve();
        else if (message.t === 'failed')
          reject(new DebuggerError(`The debugger could not be connected: ${message.reason}`));
        else {
          reject(new DebuggerError('The debugger has disconnected. The command has not run.'));
          soon(() => this.#tell('leave'));
        }
      });
      this.#thread.once('error', reject);
    });
    this.begun.catch(() => undefined);
  }

  get isDone(): boolean {
    return Atomics.load(this.#done, 0) === 1;
  }

  pause(): void {
    this.#tell('pause');
  }

  /** Resolves when nothing is left of it. */
  async end(): Promise<void> {
    this.#tell('end');
    await this.#ended;
  }

  #tell(t: ToRelay['t']): void {
    withPlainBuiltins(() => {
      this.#thread.postMessage({ t } satisfies ToRelay);
    });
  }
}

/** Without the options and variables of this process, which may run code of the user there. */
function startThread(options: RelayOptions): workerThreads.Worker {
  const restore = hideNextThread();
  try {
    const file = path.join(__dirname, 'debugRelay.cjs');
    return new Worker(file, { workerData: options, env: {}, execArgv: [], argv: [] });
  } finally {
    process.nextTick(restore);
  }
}

/** Node.js tells the listeners of `process` about each thread, in the next tick. */
function hideNextThread(): () => void {
  const own = Object.getOwnPropertyDescriptor(process, 'emit');
  const plain = process.emit.bind(process) as (...args: unknown[]) => boolean;
  const quiet = (event: unknown, ...others: unknown[]): boolean => event !== 'worker' && plain(event, ...others);
  Object.defineProperty(process, 'emit', { value: quiet, configurable: true, writable: true });
  return () => {
    if (process.emit !== quiet) return;
    if (own) Object.defineProperty(process, 'emit', own);
    else Reflect.deleteProperty(process, 'emit');
  };
}
