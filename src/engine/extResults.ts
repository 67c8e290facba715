import type { MimeBundle, Outcome, Output, StreamName } from '../protocol/output.js';
import { limited } from './deadline.js';
import type { Disposable } from './disposable.js';
import { Emitter } from './emitter.js';
import { CancelledError, ExtSessionError, ResultsNotReadyError } from './errors.js';
import type { LineReader } from './output/lineReader.js';
import { OutputStore } from './output/outputStore.js';
import type { StreamIndex } from './output/streamMerger.js';

/** `done` once there is an outcome. */
export type ResultsState = 'queued' | 'running' | 'done';

/** What ends a wait early. Neither has an effect on the command. */
export interface WaitOptions {
  /** In milliseconds, up to `Infinity`. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * What came of one command: its own output and errors, and nobody else's. Iterates over the output live, as increments,
 * until the command is done; output that its children and threads write later is in `outputs`, `stdout` and the event.
 */
export class ExtResults implements AsyncIterable<Output> {
  readonly #lines: LineReader | undefined;

  /** Resolves when no process holds this command's streams any more. Never rejects. */
  readonly closed: Promise<void>;

  readonly #store = new OutputStore();
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

  /** @internal Made by a session. */
  constructor(
    /** Unique within the session, counting from 1. */
    readonly id: number,
    /** The command's number in its process, counting from 1. */
    readonly executionCount: number,
    lines?: LineReader,
  ) {
    this.#lines = lines;
    this.#settled = new Promise((resolve) => (this.#resolveSettled = resolve));
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
  }

  /** How far it is; `onDidChangeState` tells of each change. */
  get state(): ResultsState {
    return this.#currentState;
  }

  /** Whether the command has ended, whatever way; late output may come still. */
  get done(): boolean {
    return this.#currentState === 'done';
  }

  /** How the command ended; undefined until it is done. */
  get outcome(): Outcome | undefined {
    return this.#currentOutcome;
  }

  /** When it began to run, in milliseconds since the epoch; undefined while it is queued, and when it never ran. */
  get startedAt(): number | undefined {
    return this.#started;
  }

  /** All standard output so far, late output included. */
  get stdout(): string {
    return this.#store.text('stdout');
  }

  /** All standard error so far, late output included. */
  get stderr(): string {
    return this.#store.text('stderr');
  }

  /** All output in the order in which it was written; adjacent text of one stream is one entry. */
  get outputs(): readonly Output[] {
    return this.#store.outputs;
  }

  /** Exactly what was written, as a copy. */
  bytes(stream: StreamName): Uint8Array {
    return this.#store.bytes(stream);
  }

  /** Each new piece of output, late output too; text is the increment. */
  onDidReceiveOutput(listener: (output: Output) => void): Disposable {
    this.#store.advance(); // what came before is in `outputs`
    return this.#received.event(listener);
  }

  /** The command has taken back its outputs so far, as with `clear_output()`; the streams' text and bytes stay. */
  onDidClear(listener: () => void): Disposable {
    return this.#cleared.event(listener);
  }

  /** When the command begins to run, and when it is done. */
  onDidChangeState(listener: (state: ResultsState) => void): Disposable {
    return this.#stateChanged.event(listener);
  }

  /**
   * The outcome, once the command is done. The person's code failing is an outcome, not a rejection.
   * @throws ExtSessionError with code TIMEOUT when `timeoutMs` pass first, CancelledError when `signal` is aborted,
   * TypeError or RangeError when `timeoutMs` is no duration.
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
   * Standard output from where the last read ended: at most `size` characters, else all that is there.
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

  /** The output so far and then live, as increments; ends when the command is done. */
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

  /** @internal All outputs so far, a long text in pieces, each decoded when it is asked for. */
  *pieces(): Generator<Output> {
    const unread = this.#store.open();
    try {
      for (let output = unread.take(); output; output = unread.take()) yield output;
    } finally {
      this.#store.close(unread);
    }
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
    this.#store.append(stream, bytes);
    this.#lines?.append(this.id, stream, bytes);
    this.#announce();
  }

  /** @internal */
  add(output: Output): void {
    this.#clearNow();
    this.#store.add(output);
    this.#announce();
  }

  /** @internal Puts `data` in the place of what is shown under `displayId`. */
  update(displayId: string, data: MimeBundle): void {
    const output = { type: 'display_data', data, displayId } as const;
    if (this.#store.replace(output)) this.#fire([{ ...output, update: true }]);
  }

  /** @internal Takes back the outputs so far: now, or when the next one comes. */
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

  #announce(): void {
    if (!this.#received.isEmpty) this.#fire(this.#store.advance());
  }

  #fire(outputs: readonly Output[]): void {
    for (const output of outputs) this.#received.fire(output);
  }
}
