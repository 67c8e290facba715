import type { Disposable } from './disposable.js';
import { CancelledError } from './errors.js';

/** Node.js stores the delay of a timer in 31 bits: a longer one fires immediately. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Checks a duration from a caller: any number of milliseconds from 0 to `Infinity`.
 * @throws TypeError if it is not a number, RangeError if it is negative or NaN; both contain its name.
 */
export function checkedMs(name: string, value: unknown): number {
  const wanted = `'${name}' must be a number of milliseconds from 0 to Infinity`;
  if (typeof value !== 'number') throw new TypeError(`${wanted}, not ${describe(value)}.`);
  if (!(value >= 0)) throw new RangeError(`${wanted}, not ${String(value)}.`);
  return value;
}

/** Calls `act` once, after any number of milliseconds. Dispose of the result to cancel it. */
export function after(ms: number, act: () => void): Disposable {
  const end = performance.now() + ms;
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const left = end - performance.now();
    if (left > 0) timer = setTimeout(wait, Math.min(Math.ceil(left), LONGEST_MS));
    else act();
  };
  timer = setTimeout(wait, Math.min(ms, LONGEST_MS));
  return {
    dispose: () => {
      clearTimeout(timer);
    },
  };
}

/**
 * The result of `promise`, or undefined if it does not settle within `ms`. Its error is passed on. What happened before
 * the end counts, even if a busy machine has kept this process from hearing of it.
 */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: Disposable | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = after(ms, () => {
      setImmediate(resolve, undefined);
    });
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer?.dispose();
  }
}

export interface DeadlineOptions {
  /** No limit if absent. */
  readonly timeoutMs?: number | undefined;
  /** Ends the work earlier. */
  readonly signal?: AbortSignal | undefined;
  /** The error if the time is over. */
  readonly late: () => Error;
  /** The error if `signal` is aborted; a CancelledError by default. */
  readonly cancelled?: () => Error;
}

/** A limit for work in several steps: a duration, and the caller's signal. Whoever creates it disposes of it. */
export class Deadline implements Disposable {
  readonly #options: DeadlineOptions;

  readonly #controller = new AbortController();
  readonly #timer: Disposable | undefined;
  readonly #abort = (): void => {
    const { cancelled } = this.#options;
    this.#controller.abort(cancelled ? cancelled() : new CancelledError());
  };

  /** @throws TypeError or RangeError if `timeoutMs` is not a duration. */
  constructor(options: DeadlineOptions) {
    this.#options = options;
    const { timeoutMs, signal, late } = options;
    const ms = timeoutMs === undefined ? undefined : checkedMs('timeoutMs', timeoutMs);
    if (signal?.aborted) this.#abort();
    else signal?.addEventListener('abort', this.#abort, { once: true });
    if (ms === undefined) return;
    this.#timer = after(ms, () => {
      this.#controller.abort(late());
    });
  }

  /** Aborted when the time is over or the caller's signal is aborted; its reason is the error. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Settles like `promise`, or rejects with the reason if the limit is reached first. */
  race<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this;
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        reject(signal.reason as Error);
      };
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
      promise.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', stop);
      });
    });
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#options.signal?.removeEventListener('abort', this.#abort);
  }
}

/** Settles like `promise`, or rejects if a limit in `options` is reached first. */
export async function limited<T>(promise: Promise<T>, options: DeadlineOptions): Promise<T> {
  const deadline = new Deadline(options);
  try {
    return await deadline.race(promise);
  } finally {
    deadline.dispose();
  }
}

function describe(value: unknown): string {
  return typeof value === 'string'
    ? `'${value.slice(0, 50)}'`
    : value === null
      ? 'null'
      : `a value of type ${typeof value}`;
}
