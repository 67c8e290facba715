import { setTimeout as pause } from 'node:timers/promises';
import { CancelledError } from '../../engine/errors.js';
import type { ExtSession } from '../../engine/extSession.js';
import type { ExitStatus } from '../../engine/link/childProcess.js';
import type { OnInput } from '../../engine/worker/standardInput.js';
import { goneNotice, isUnreachable, stopsLaterNotice } from '../messages.js';
import type { KeptSession } from './kept/keptSessions.js';
import type { LanguageSessionOptions } from './languageSessionOptions.js';
import type { OpenSession } from './openSession.js';

type SuccessionOptions = Pick<LanguageSessionOptions, 'id' | 'attach' | 'kept' | 'log' | 'report'>;

/** Why attempts to go on with a session are given up. */
const toEnd = new CancelledError('The session is to end.');
/** For a machine that cannot be reached for a while: a laptop that wakes up, or another network. */
const pausesMs = [1000, 2000, 5000, 10_000, 20_000];

/** What one window leaves to the next: a session that goes on without this one, or that an earlier one has left. */
export class Succession {
  readonly #options: SuccessionOptions;
  #attaching = new AbortController();
  /** How long to wait before each further attempt. */
  #pausesMs: readonly number[] = [];

  constructor(options: SuccessionOptions) {
    this.#options = options;
  }

  /** What an attempt to go on with a session is. */
  get kind(): 'connecting' | 'reconnecting' {
    return this.#pausesMs.length > 0 ? 'reconnecting' : 'connecting';
  }

  /** The next window finds the session, if it goes on without this one. */
  remember(open: OpenSession | undefined, title: string): void {
    const { id, kept } = this.#options;
    const reference = open?.session.reference;
    if (!open || !reference) {
      kept.remove(id);
      return;
    }
    const { launch, uri, keepAliveMs } = open;
    kept.write(id, { reference, launch, uri, keepAliveMs, title });
  }

  /** The session of the last window, or one that another window has left, which is remembered from now on. */
  find(left?: KeptSession): KeptSession | undefined {
    const { id, kept } = this.#options;
    if (left) kept.write(id, left);
    return left ?? kept.read(id);
  }

  /** Goes on with it. Undefined if it is gone, in which case the user has been told why. */
  async attach(known: KeptSession, onInput: OnInput): Promise<OpenSession | undefined> {
    const { id, attach, kept, log, report } = this.#options;
    const { reference, launch, uri, keepAliveMs } = known;
    let session: ExtSession;
    try {
      session = await this.#attachPatiently((signal) =>
        attach(reference, { onInput, logger: log, holdsResults: true, signal }),
      );
    } catch (error) {
      log.info(String(error));
      const isStopped = error instanceof CancelledError;
      if (isStopped || isUnreachable(error)) kept.release(id);
      else kept.remove(id);
      if (!isStopped) report({ ...goneNotice(error), session: id });
      else if (this.#attaching.signal.reason === toEnd && reference.commandPrefix) this.#stopLater(known);
      return undefined;
    }
    return { session, launch, uri, keepAliveMs };
  }

  /** The session is gone. */
  forget(): void {
    this.#options.kept.remove(this.#options.id);
  }

  /** Another window remembers it now; or this one will look for it again, if the connection to its machine is lost. */
  release(reason: ExtSession['detachment']): void {
    this.#pausesMs = reason === 'lost' ? pausesMs : [];
    this.#options.kept.release(this.#options.id);
  }

  /** Does not try any longer to go on with it. */
  stop(): void {
    this.#attaching.abort();
  }

  /** The same, and it is to end. */
  giveUp(): void {
    this.#attaching.abort(toEnd);
  }

  /** The session is about to end; what is returned is to be told what is known of its end. */
  end({ session, ...open }: OpenSession, title: string): (status: ExitStatus) => void {
    const { reference } = session;
    this.forget();
    return ({ exitCode, signal }) => {
      const isKnown = exitCode !== null || signal !== null;
      if (reference?.commandPrefix && !isKnown) this.#stopLater({ reference, ...open, title });
    };
  }

  #stopLater(session: KeptSession): void {
    this.#options.kept.stopLater(session);
    this.#options.report({ ...stopsLaterNotice(), session: this.#options.id });
  }

  async #attachPatiently(attach: (signal: AbortSignal) => Promise<ExtSession>): Promise<ExtSession> {
    const { signal } = (this.#attaching = new AbortController());
    const left = [...this.#pausesMs];
    for (;;) {
      try {
        return await attach(signal);
      } catch (error) {
        const pauseMs = left.shift();
        if (pauseMs === undefined || !isUnreachable(error)) throw error;
        this.#options.log.info(`${String(error)} Trying again in ${String(pauseMs)} ms.`);
        await pause(pauseMs, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) throw new CancelledError();
      }
    }
  }
}
