import type { MimeBundle, Outcome, Output } from '../protocol/output.js';
import { Emitter, type ListenerErrorReport } from './emitter.js';
import { ExtResults, type ResultsState, type WrittenResults } from './extResults.js';
import type { LineReader } from './output/lineReader.js';
import { OutputBudget } from './output/outputBudget.js';
import { OutputStore } from './output/outputStore.js';
import type { StreamIndex } from './output/streamMerger.js';

export interface ResultsWriterOptions {
  /** Unique within the session, counting from 1. */
  readonly id: number;
  /** The number of the command in its process, counting from 1. */
  readonly executionCount: number;
  /** Receives the output, too. */
  readonly lines?: LineReader;
  /** That of this process by default. */
  readonly budget?: OutputBudget | undefined;
  /** Receives the errors of listeners. */
  readonly report?: ListenerErrorReport | undefined;
}

/** Writes the results of one command. Whoever reads them only gets `results`, which has no way to here. */
export class ResultsWriter implements WrittenResults {
  readonly #lines: LineReader | undefined;
  readonly #budget: OutputBudget;

  readonly id: number;
  readonly executionCount: number;
  readonly store: OutputStore;
  readonly settled: Promise<Outcome>;
  readonly closed: Promise<void>;
  readonly results: ExtResults;
  readonly #received: Emitter<Output>;
  readonly #stateChanged: Emitter<ResultsState>;
  readonly #cleared: Emitter<void>;
  #resolveSettled!: (outcome: Outcome) => void;
  #rejectSettled!: (error: Error) => void;
  #resolveClosed!: () => void;
  #currentState: ResultsState = 'queued';
  #currentOutcome: Outcome | undefined;
  #started: number | undefined;
  #abandonment: Error | undefined;
  #clearing = false;
  #isIncomplete = false;

  readonly onDidReceiveOutput: Emitter<Output>['event'];
  readonly onDidChangeState: Emitter<ResultsState>['event'];
  readonly onDidClear: Emitter<void>['event'];

  constructor({ id, executionCount, lines, budget = OutputBudget.shared, report }: ResultsWriterOptions) {
    this.id = id;
    this.executionCount = executionCount;
    this.#lines = lines;
    this.#budget = budget;
    this.#received = new Emitter(report);
    this.#stateChanged = new Emitter(report);
    this.#cleared = new Emitter(report);
    this.onDidReceiveOutput = this.#received.event;
    this.onDidChangeState = this.#stateChanged.event;
    this.onDidClear = this.#cleared.event;
    this.store = new OutputStore(budget);
    this.settled = new Promise((resolve, reject) => {
      this.#resolveSettled = resolve;
      this.#rejectSettled = reject;
    });
    this.settled.catch(() => undefined); // nobody has to wait
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    this.results = ExtResults.create(this);
  }

  get state(): ResultsState {
    return this.#currentState;
  }

  get outcome(): Outcome | undefined {
    return this.#currentOutcome;
  }

  get abandonment(): Error | undefined {
    return this.#abandonment;
  }

  get startedAt(): number | undefined {
    return this.#started;
  }

  /** `at` is when the command began, in milliseconds since the epoch. */
  start(at = Date.now()): void {
    this.#started = at;
    this.#currentState = 'running';
    this.#stateChanged.fire('running');
  }

  /** Copies the bytes. */
  append(stream: StreamIndex, bytes: Uint8Array): void {
    this.#clearNow();
    if (!this.store.append(stream, bytes)) this.#reportLoss();
    this.#lines?.append(this.id, stream, bytes);
    this.#announce();
  }

  add(output: Output): void {
    this.#clearNow();
    if (!this.store.add(output)) this.#reportLoss();
    this.#announce();
  }

  /** Replaces what is shown with `displayId` by `data`. */
  update(displayId: string, data: MimeBundle): void {
    const output = { type: 'display_data', data, displayId } as const;
    if (this.store.replace(output)) this.#fire([{ ...output, update: true }]);
  }

  /** Clears the outputs so far, either now or when the next one arrives. */
  clear({ wait }: { wait: boolean }): void {
    this.#clearing = true;
    if (!wait) this.#clearNow();
  }

  /** The command has ended; only the first call counts. */
  settle(outcome: Outcome): void {
    if (this.#currentState === 'done') return;
    if (outcome.status === 'ok' && outcome.result) this.add({ type: 'execute_result', data: outcome.result });
    if (outcome.status === 'error' || outcome.status === 'interrupted') this.add({ type: 'error', ...outcome.error });
    this.#currentState = 'done';
    this.#currentOutcome = outcome;
    this.#stateChanged.fire('done');
    this.store.notify();
    this.#resolveSettled(outcome);
  }

  /** The command goes on elsewhere: nobody here learns how it ends. */
  abandon(error: Error): void {
    if (this.#currentState === 'done') return;
    this.#abandonment = error;
    this.#rejectSettled(error);
    this.store.notify();
  }

  /** No process holds the command's streams any more. */
  close(): void {
    this.#lines?.close(this.id);
    if (!this.#received.isEmpty) this.#fire(this.store.flush());
    this.#resolveClosed();
  }

  #clearNow(): void {
    if (!this.#clearing) return;
    this.#clearing = false;
    this.store.clear();
    this.#cleared.fire();
  }

  /** Once: more is missing after that. */
  #reportLoss(): void {
    if (this.#isIncomplete) return;
    this.#isIncomplete = true;
    this.add({ type: 'error', name: 'OutputLost', message: lossMessage(this.#budget), traceback: '', frames: [] });
  }

  #announce(): void {
    if (!this.#received.isEmpty) this.#fire(this.store.advance());
  }

  #fire(outputs: readonly Output[]): void {
    for (const output of outputs) this.#received.fire(output);
  }
}

function lossMessage({ bytes, refusal }: OutputBudget): string {
  const reason = refusal ? ` (${refusal.message})` : '';
  return `The output of this command is incomplete from here on. ${String(Math.round(bytes / (1 << 20)))} MiB of output are in memory, and temporary files cannot be written${reason}. Free up disk space, or remove commands with much output.`;
}
