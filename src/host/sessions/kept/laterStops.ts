import { setTimeout as pause } from 'node:timers/promises';
import type { Disposable } from '../../../engine/disposable.js';
import { SessionGoneError } from '../../../engine/errors.js';
import type { ExtSession } from '../../../engine/extSession.js';
import type { Logger } from '../../../engine/logger.js';
import type { SessionReference } from '../../../engine/supervised/sessionReference.js';
import type { KeptSession, KeptSessions } from './keptSessions.js';

export interface LaterStopsOptions {
  readonly kept: KeptSessions;
  readonly attach: (reference: SessionReference) => Promise<ExtSession>;
  readonly isTrusted: () => boolean;
  readonly log: Logger;
  /** How long to wait after each attempt; the last one again and again. */
  readonly pausesMs?: readonly number[];
}

const usualPausesMs = [5000, 10_000, 20_000, 60_000];

/** Ends the sessions that could not be reached when the user stopped them, those of earlier windows included. */
export class LaterStops implements Disposable {
  readonly #options: LaterStopsOptions;
  readonly #disposal = new AbortController();
  readonly #subscription: Disposable;
  #isTrying = false;

  constructor(options: LaterStopsOptions) {
    this.#options = options;
    this.#subscription = options.kept.onDidChangeElsewhere(() => void this.#tryUntilDone());
    void this.#tryUntilDone();
  }

  dispose(): void {
    this.#disposal.abort();
    this.#subscription.dispose();
  }

  async #tryUntilDone(): Promise<void> {
    if (this.#isTrying) return;
    this.#isTrying = true;
    const { signal } = this.#disposal;
    const { kept, isTrusted, pausesMs = usualPausesMs } = this.#options;
    for (let attempt = 0; kept.toBeStopped().length > 0; attempt++) {
      if (isTrusted()) for (const session of kept.toBeStopped()) await this.#tryToStop(session);
      if (kept.toBeStopped().length === 0) break;
      const pauseMs = pausesMs[Math.min(attempt, pausesMs.length - 1)];
      await pause(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
    }
    this.#isTrying = false;
  }

  async #tryToStop(session: KeptSession): Promise<void> {
    const { kept, attach, log } = this.#options;
    try {
      const there = await attach(session.reference);
      if (this.#disposal.signal.aborted) await there.detach();
      else await there.exit();
    } catch (error) {
      log.info(`The session '${session.title}' has not been stopped yet: ${String(error)}`);
      if (!(error instanceof SessionGoneError && error.reason === 'ended')) return;
    }
    if (!this.#disposal.signal.aborted) kept.removeElsewhere(session);
  }
}
