import path from 'node:path';
import workerThreads from 'node:worker_threads';
import type { DebuggerPlace } from '../../../../protocol/worker.js';
import { withPlainBuiltins } from '../builtins.js';
import type { FromRelay, ToRelay } from './relayMessages.js';

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

/**
 * Runs a command with the host's debugger, if it has one: from when the debugger has set its breakpoints, to the end of
 * the command. Rejects with what the command rejects with, or DebuggerError.
 */
export async function debugged<Result>(
  place: DebuggerPlace | undefined,
  session: Waiting,
  run: () => Promise<Result>,
): Promise<Result> {
  if (!place) return await run();
  const relay = withPlainBuiltins(() => new Relay(place));
  try {
    await session.call(() => relay.begun);
    return await run();
  } finally {
    await relay.end();
  }
}

/** A thread that connects the inspector of this one with the debugger, which also works while this one is stopped. */
class Relay {
  /** Resolves when the debugger lets the command begin. Rejects with DebuggerError. */
  readonly begun: Promise<void>;
  readonly #thread: workerThreads.Worker;
  readonly #ended: Promise<void>;

  constructor(place: DebuggerPlace) {
    this.#thread = startThread(place);
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
function startThread(place: DebuggerPlace): workerThreads.Worker {
  const restore = hideNextThread();
  try {
    const file = path.join(__dirname, 'debugRelay.cjs');
    return new Worker(file, { workerData: place, env: {}, execArgv: [], argv: [] });
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
