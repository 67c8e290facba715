import type { Disposable } from '../../engine/disposable.js';
import type { ExtSession } from '../../engine/extSession.js';
import type { ExitStatus } from '../../engine/link/childProcess.js';
import { missingStartupNotice } from '../messages.js';
import type { LanguageSessionOptions } from './languageSessionOptions.js';
import type { OpenSession } from './openSession.js';
import { onceAnythingPrinted } from './onceAnythingPrinted.js';

/**
 * The processes of a session: what they print at their start goes into the transcript, and all of them end in order.
 */
export class FollowedProcesses {
  readonly #options: LanguageSessionOptions;

  readonly #subscriptions = new Map<ExtSession, Disposable>();
  readonly #endings = new Set<Promise<void>>();

  constructor(options: LanguageSessionOptions) {
    this.#options = options;
  }

  /** Shows what a process prints at its start, and calls `onState` for each change of its state. */
  follow({ session, launch: { startup } }: OpenSession, onState: () => void): void {
    const { evaluator, id, report, transcript } = this.#options;
    const results = session.startOutput;
    const source = startup.command?.source;
    if (startup.missing !== undefined) report({ ...missingStartupNotice(startup.missing, evaluator), session: id });
    if (session.startup && source !== undefined) {
      transcript.addStart({ evaluator, session: id, source, results: session.startup });
    }
    this.release(session);
    const states = session.onDidChangeState(onState);
    const start = onceAnythingPrinted(results, () => {
      transcript.addStart({ evaluator, session: id, results });
    });
    const late = session.continued.map((one) =>
      onceAnythingPrinted(one, () => {
        transcript.addStart({ evaluator, session: id, results: one, isLate: true });
      }),
    );
    this.#subscriptions.set(session, { dispose: () => [states, start, ...late].forEach((one) => one.dispose()) });
  }

  release(session: ExtSession): void {
    this.#subscriptions.get(session)?.dispose();
    this.#subscriptions.delete(session);
  }

  /** Begins to end a session in order; `ended` is told what is known of its end. */
  end(session: ExtSession, ended: (status: ExitStatus) => void = () => undefined): void {
    this.release(session);
    const ending = session
      .exit()
      .then(ended)
      .catch((error: unknown) => this.#options.log.warn(String(error)))
      .finally(() => this.#endings.delete(ending));
    this.#endings.add(ending);
  }

  /** Resolves when no process is left that has begun to end. */
  async ended(): Promise<void> {
    await Promise.all(this.#endings);
  }
}
