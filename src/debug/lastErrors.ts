import type { ExtResults } from '../engine/extResults.js';
import type { SubmittedCommand } from '../host/sessions/command.js';

/** The last command of each session that has failed: a session keeps the variables of its last error only. */
export class LastErrors {
  readonly #last = new Map<string, SubmittedCommand>();

  /** Follows a command to its end. */
  follow(submitted: SubmittedCommand): void {
    const { session = submitted.evaluator } = submitted;
    submitted.results.wait().then(
      ({ status }) => {
        if (status !== 'ok' && status !== 'cancelled') this.#last.delete(session);
        if (status === 'error') this.#last.set(session, submitted);
      },
      () => this.#last.delete(session), // another window has the session
    );
  }

  /** The session has been removed. */
  forget(session: string): void {
    this.#last.delete(session);
  }

  /** The last command that is the one, and whose error is the last one of its session. */
  find(isIt: (results: ExtResults) => boolean): SubmittedCommand | undefined {
    return [...this.#last.values()].findLast(({ results }) => isIt(results));
  }
}
