import type { Outcome, Output, StreamName } from '../protocol/output.js';
import { limited } from './deadline.js';
import type { Disposable } from './disposable.js';
import { CancelledError, ExtSessionError, ResultsNotReadyError } from './errors.js';
import type { OutputStore } from './output/outputStore.js';

/** `done` means that there is an outcome. */
export type ResultsState = 'queued' | 'running' | 'done';

/** What the engine has written about a command. */
export interface WrittenResults {
  readonly id: number;
  readonly executionCount: number;
  readonly store: OutputStore;
  readonly settled: Promise<Outcome>;
  readonly closed: Promise<void>;
  readonly state: ResultsState;
  readonly outcome: Outcome | undefined;
  readonly startedAt: number | undefined;
  /** Set if the command goes on elsewhere. */
  readonly abandonment: Error | undefined;
  onDidReceiveOutput(listener: (output: Output) => void): Disposable;
  onDidClear(listener: () => void): Disposable;
  onDidChangeState(listener: (state: ResultsState) => void): Disposable;
}

/** The limits of a wait. They do not affect the command. */
export interface WaitOptions {
  /** In milliseconds, up to `Infinity`. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * The results of one command: its own output and errors, and no others. Iterating over it yields the output as it
 * arrives, in increments, until the command is done. Output that its child processes and threads write later is
 * included in `outputs`, `stdout` and the event.
 */
export class ExtResults implements AsyncIterable<Output>, AsyncDisposable {
  readonly #written: WrittenResults;
  #readTo = 0;

  /** Unique within the session, counting from 1. */
  readonly id: number;
  /** The number of the command in its process, counting from 1. */
  readonly executionCount: number;
  /** Resolves when no process holds this command's streams any more. Never rejects. */
  readonly closed: Promise<void>;

  /** @internal For the writer. */
  static create(written: WrittenResults): ExtResults {
    return new ExtResults(written);
  }

  private constructor(written: WrittenResults) {
    this.#written = written;
    this.id = written.id;
    this.executionCount = written.executionCount;
    this.closed = written.closed;
  }

  /** The current state; `onDidChangeState` reports each change. */
  get state(): ResultsState {
    return this.#written.state;
  }

  /** Whether the command has ended in any way; late output can still arrive. */
  get done(): boolean {
    return this.state === 'done';
  }

  /** How the command ended; undefined until it is done. */
  get outcome(): Outcome | undefined {
    return this.#written.outcome;
  }

  /**
   * When the command started to run, in milliseconds since the epoch; undefined while it is queued, and if it never
   * ran.
   */
  get startedAt(): number | undefined {
    return this.#written.startedAt;
  }

  /** All standard output so far, including late output. */
  get stdout(): string {
    return this.#written.store.text('stdout');
  }

  /** All standard error so far, including late output. */
  get stderr(): string {
    return this.#written.store.text('stderr');
  }

  /** All output in the order in which it was written; adjacent text of one stream is one entry. */
  get outputs(): readonly Output[] {
    return this.#written.store.outputs;
  }

  /** A copy of exactly what was written. */
  bytes(stream: StreamName): Uint8Array {
    return this.#written.store.bytes(stream);
  }

  /** Called for each new piece of output, including late output; text is the increment. */
  onDidReceiveOutput(listener: (output: Output) => void): Disposable {
    this.#written.store.advance(); // earlier output is in `outputs`
    return this.#written.onDidReceiveOutput(listener);
  }

  /**
   * Called when the command clears its outputs, as with `clear_output()`; the text and bytes of the streams are kept.
   */
  onDidClear(listener: () => void): Disposable {
    return this.#written.onDidClear(listener);
  }

  /** Called when the command starts to run, and when it is done. */
  onDidChangeState(listener: (state: ResultsState) => void): Disposable {
    return this.#written.onDidChangeState(listener);
  }

  /**
   * The outcome, when the command is done. An error in the user's code is an outcome, not a rejection.
   * @throws ExtSessionError with code TIMEOUT if `timeoutMs` pass first, CancelledError if `signal` is aborted,
   * SessionDetachedError if the session goes on without this process, TypeError or RangeError if `timeoutMs` is not a
   * duration.
   */
  wait({ timeoutMs, signal }: WaitOptions = {}): Promise<Outcome> {
    if (timeoutMs === undefined && !signal) return this.#written.settled;
    return limited(this.#written.settled, {
      timeoutMs,
      signal,
      late: () =>
        new ExtSessionError('TIMEOUT', `Command ${String(this.id)} did not finish within ${String(timeoutMs)} ms.`),
      cancelled: () => new CancelledError('The wait was cancelled.'),
    });
  }

  /**
   * Standard output from where the last read ended: at most `size` characters, or everything.
   * @throws ResultsNotReadyError until the command is done.
   */
  read(size?: number): string {
    if (!this.done) throw new ResultsNotReadyError(this.id);
    const text = this.stdout;
    const end = size === undefined ? text.length : Math.min(text.length, this.#readTo + Math.max(0, size));
    const part = text.slice(this.#readTo, end);
    this.#readTo = end;
    return part;
  }

  /** The output so far and then as it arrives, in increments; ends when the command is done. */
  async *[Symbol.asyncIterator](): AsyncIterator<Output> {
    const unread = this.#written.store.open();
    try {
      for (;;) {
        const output = unread.take();
        if (output) yield output;
        else if (this.done) return;
        else if (this.#written.abandonment) throw this.#written.abandonment;
        else await unread.wait();
      }
    } finally {
      this.#written.store.close(unread);
    }
  }

  /** @internal All outputs so far, with long text in pieces, each decoded on request. */
  *pieces(): Generator<Output, void, undefined> {
    const unread = this.#written.store.open();
    try {
      for (let output = unread.take(); output; output = unread.take()) yield output;
    } finally {
      this.#written.store.close(unread);
    }
  }

  /**
   * Lets go of the output, in memory and on disk, now and when more arrives; reading it throws ExtSessionError with
   * code RESULTS_DISPOSED. The command is not affected, and `wait` still resolves. Idempotent.
   */
  dispose(): void {
    this.#written.store.dispose();
  }

  /** `dispose()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    this.dispose();
    return Promise.resolve();
  }
}
