import { within } from '../engine/deadline.js';
import type { ExtSession } from '../engine/extSession.js';
import type { Logger } from '../engine/logger.js';
import type { Completions } from '../protocol/output.js';

/** A later answer would no longer match what was typed in the meantime. */
const PATIENCE_MS = 1000;
/** In characters. */
const LONGEST_SIGNATURE = 500;

/** Helps the user type a command. Undefined if no session can answer, or not soon enough. */
export class TypingHelp {
  readonly #sessionOf: (languageId: string) => Promise<ExtSession | undefined>;
  readonly #log: Logger;

  constructor(sessionOf: (languageId: string) => Promise<ExtSession | undefined>, log: Logger) {
    this.#sessionOf = sessionOf;
    this.#log = log;
  }

  /** The completions at an offset of a text. */
  complete(source: string, offset: number, languageId: string): Promise<Completions | undefined> {
    return this.#ask(languageId, (session) => session.complete(source, offset));
  }

  /** The signature of the call whose opening parenthesis ends `source`. */
  async signature(source: string, languageId: string): Promise<string | undefined> {
    const found = await this.#ask(languageId, (session) => session.inspect(source, source.length));
    const text = found?.['text/plain'];
    return typeof text === 'string' ? text.split('\n\n', 1)[0]?.slice(0, LONGEST_SIGNATURE) : undefined;
  }

  async #ask<T>(languageId: string, ask: (session: ExtSession) => Promise<T>): Promise<T | undefined> {
    try {
      const answer = this.#sessionOf(languageId).then((session) => session && ask(session));
      return await within(PATIENCE_MS, answer);
    } catch (error) {
      this.#log.debug(`Could not get typing help: ${String(error)}`);
      return undefined;
    }
  }
}
