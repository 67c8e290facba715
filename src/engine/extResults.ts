import type { MimeBundle, Outcome, Output, StreamName } from '../protocol/output.js';
import { limited } from './deadline.js';
import type { Disposable } from './disposable.js';
import { Emitter } from './emitter.js';
import { CancelledError, ExtSessionError, ResultsNotReadyError } from './errors.js';
import type { LineReader } from './output/lineReader.js';
import { OutputBudget } from './output/outputBudget.js';
import { OutputStore } from './output/outputStore.js';
import type { StreamIndex } from './output/streamMerger.js';

/** `done` means that there is an outcome. */
export type ResultsState = 'queued' | 'running' | 'done';

interface ResultsOptions {
  /** Receives the output, too. */
  readonly lines?: LineReader;
  /** That of this process by default. */
  readonly budget?: OutputBudget;
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
  readonly #lines: LineReader | undefined;
  readonly #budget: OutputBudget;

  /** Resolves when no process holds this command's streams any more. Never rejects. */
  readonly closed: Promise<void>;

  readonly #store: OutputStore;
  readonly #received = new Emitter<Output>();
  readonly #stateChanged = new Emitter<ResultsState>();
  readonly #cleared = new Emitter<void>();
  readonly #settled: Promise<Outcome>;
  #resolveSettled!: (outcome: Outcome) => void;
  #resolveClosed!: () => void;
  #currentState: ResultsState = 'queued';
  #currentOutcome: Outcome | undefined;
  #started: number | undefined;
  #readTo = 0;
  #clearing = false;
  #isIncomplete = false;

  /** @internal For the session whose command it is. */
  static create(id: number, executionCount: number, options: ResultsOptions = {}): ExtResults {
    return new ExtResults(id, executionCount, options);
  }

  private constructor(
    /** Unique within the session, counting from 1. */
    readonly id: number,
    /** The number of the command in its process, counting from 1. */
    readonly executionCount: number,
    { lines, budget = OutputBudget.shared }: ResultsOptions,
  ) {
    this.#lines = lines;
    this.#budget = budget;
    this.#store = new OutputStore(budget);
    this.#settled = new Promise((resolve) => (this.#resolveSettled = resolve));
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
  }

  /** The current state; `onDidChangeState` reports each change. */
  get state(): ResultsState {
    return this.#currentState;
  }

  /** Whether the command has ended in any way; late output can still arrive. */
  get done(): boolean {
    return this.#currentState === 'done';
  }

  /** How the command ended; undefined until it is done. */
  get outcome(): Outcome | undefined {
    return this.#currentOutcome;
  }

  /**
   * When the command started to run, in milliseconds since the epoch; undefined while it is queued, and if it never
   * ran.
   */
  get startedAt(): number | undefined {
    return this.#started;
  }

  /** All standard output so far, including late output. */
  get stdout(): string {
    return this.#store.text('stdout');
  }

  /** All standard error so far, including late output. */
  get stderr(): string {
    return this.#store.text('stderr');
  }

  /** All output in the order in which it was written; adjacent text of one stream is one entry. */
  get outputs(): readonly Output[] {
    return this.#store.outputs;
  }

  /** A copy of exactly what was written. */
  bytes(stream: StreamName): Uint8Array {
    return this.#store.bytes(stream);
  }

  /** Called for each new piece of output, including late output; text is the increment. */
  onDidReceiveOutput(listener: (output: Output) => void): Disposable {
    this.#store.advance(); // earlier output is in `outputs`
    return this.#received.event(listener);
  }

  /**
   * Called when the command clears its outputs, as with `clear_output()`; the text and bytes of the streams are kept.
   */
  onDidClear(listener: () => void): Disposable {
    return this.#cleared.event(listener);
  }

  /** Called when the command starts to run, and when it is done. */
  onDidChangeState(listener: (state: ResultsState) => void): Disposable {
    return this.#stateChanged.event(listener);
  }

  /**
   * The outcome, when the command is done. An error in the user's code is an outcome, not a rejection.
   * @throws ExtSessionError with code TIMEOUT if `timeoutMs` pass first, CancelledError if `signal` is aborted,
   * TypeError or RangeError if `timeoutMs` is not a duration.
   */
  wait({ timeoutMs, signal }: WaitOptions = {}): Promise<Outcome> {
    if (timeoutMs === undefined && !signal) return this.#settled;
    return limited(this.#settled, {
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
    const unread = this.#store.open();
    try {
      for (;;) {
        const output = unread.take();
        if (output) yield output;
        else if (this.done) return;
        else await unread.wait();
      }
    } finally {
      this.#store.close(unread);
    }
  }

  /** @internal All outputs so far, with long text in pieces, each decoded on request. */
  *pieces(): Generator<Output, void, undefined> {
    const unread = this.#store.open();
    try {
      for (let output = unread.take(); output; output = unread.take()) yield output;
    } finally {
      this.#store.close(unread);
    }
  }

  /**
   * Lets go of the output, in memory and on disk, now and when more arrives; reading it throws ExtSessionError with code
   * RESULTS_DISPOSED. The command is not affected, and `wait` still resolves. Idempotent.
   */
  dispose(): void {
    this.#store.dispose();
  }

  /** `dispose()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    this.dispose();
    return Promise.resolve();
  }

  /** @internal */
  start(): void {
    this.#started = Date.now();
    this.#currentState = 'running';
    this.#stateChanged.fire('running');
  }

  /** @internal Copies the bytes. */
  append(stream: StreamIndex, bytes: Uint8Array): void {
    this.#clearNow();
    if (!this.#store.append(stream, bytes)) this.#reportLoss();
    this.#lines?.append(this.id, stream, bytes);
    this.#announce();
  }

  /** @internal */
  add(output: Output): void {
    this.#clearNow();
    this.#store.add(output);
    this.#announce();
  }

  /** @internal Replaces what is shown with `displayId` by `data`. */
  update(displayId: string, data: MimeBundle): void {
    const output = { type: 'display_data', data, displayId } as const;
    if (this.#store.replace(output)) this.#fire([{ ...output, update: true }]);
  }

  /** @internal Clears the outputs so far, either now or when the next one arrives. */
  clear({ wait }: { wait: boolean }): void {
    this.#clearing = true;
    if (!wait) this.#clearNow();
  }

  /** @internal At most once. */
  settle(outcome: Outcome): void {
    if (this.done) return;
    if (outcome.status === 'ok' && outcome.result) this.add({ type: 'execute_result', data: outcome.result });
    if (outcome.status === 'error' || outcome.status === 'interrupted') this.add({ type: 'error', ...outcome.error });
    this.#currentState = 'done';
    this.#currentOutcome = outcome;
    this.#stateChanged.fire('done');
    this.#store.notify();
    this.#resolveSettled(outcome);
  }

  /** @internal */
  close(): void {
    this.#lines?.close(this.id);
    if (!this.#received.isEmpty) this.#fire(this.#store.flush());
    this.#resolveClosed();
  }

  #clearNow(): void {
    if (!this.#clearing) return;
    this.#clearing = false;
    this.#store.clear();
    this.#cleared.fire();
  }

  /** Once: more is missing after that. */
  #reportLoss(): void {
    if (this.#isIncomplete) return;
    this.#isIncomplete = true;
    this.add({ type: 'error', name: 'OutputLost', message: lossMessage(this.#budget), traceback: '', frames: [] });
  }

  #announce(): void {
    if (!this.#received.isEmpty) this.#fire(this.#store.advance());
  }

  #fire(outputs: readonly Output[]): void {
    for (const output of outputs) this.#received.fire(output);
  }
}

function lossMessage({ bytes, refusal }: OutputBudget): string {
  const reason = refusal ? ` (${refusal.message})` : '';
  return `The output of this command is incomplete from here on. ${String(Math.round(bytes / (1 << 20)))} MiB of output are in memory, and temporary files cannot be written${reason}. Free up disk space, or remove commands with much output.`;
}
