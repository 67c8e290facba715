import type { ExitStatus } from '../../../src/engine/link/childProcess.js';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import type { SessionState } from '../../../src/engine/sessionOptions.js';
import type { SessionReference } from '../../../src/engine/supervised/sessionReference.js';

/** A session without a process: its commands wait until the test settles them. */
export class FakeSession {
  readonly info = { language: 'python', name: 'Python', version: '3.12.1', executable: '/usr/bin/python3' };
  readonly startOutput = new ResultsWriter({ id: 0, executionCount: 0 }).results;
  readonly writers: ResultsWriter[] = [];
  resumed: readonly ResultsWriter['results'][] = [];
  continued: readonly ResultsWriter['results'][] = [];
  readonly resumedNotes: readonly unknown[] = [];
  readonly pid = 4711;
  readonly exited: Promise<ExitStatus>;
  detachment: 'detached' | 'replaced' | 'lost' | undefined;
  hasEndedAlone = false;
  columns: number | undefined;
  reference: SessionReference | undefined;
  state: SessionState = 'idle';
  #exit!: (status: ExitStatus) => void;
  readonly #listeners = new Set<(state: SessionState) => void>();

  constructor() {
    this.exited = new Promise((resolve) => (this.#exit = resolve));
  }

  execute(): ResultsWriter['results'] {
    const writer = new ResultsWriter({ id: this.writers.length + 1, executionCount: this.writers.length + 1 });
    this.writers.push(writer);
    return writer.results;
  }

  onDidChangeState(listener: (state: SessionState) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  become(state: SessionState): void {
    this.state = state;
    for (const listener of this.#listeners) listener(state);
  }

  /** The process ends. */
  die(status: ExitStatus): void {
    this.become('dead');
    this.#exit(status);
  }

  exit(): Promise<ExitStatus> {
    for (const writer of this.writers) {
      if (writer.results.state === 'done') continue;
      writer.settle({ status: 'died', exitCode: 0, signal: null, executionCount: 0, durationMs: 0 });
      writer.close();
    }
    this.die({ exitCode: 0, signal: null });
    return this.exited;
  }

  restart(): Promise<void> {
    this.become('idle');
    return Promise.resolve();
  }

  interrupt(): Promise<void> {
    return Promise.resolve();
  }

  /** Another host has attached, by default. */
  lose(reason: 'detached' | 'replaced' | 'lost' = 'replaced'): void {
    this.detachment = reason;
    this.become('dead');
  }

  detach(): Promise<SessionReference | undefined> {
    this.lose('detached');
    return Promise.resolve(this.reference);
  }

  acknowledge(): void {
    // Nothing comes again.
  }
}
