import { within } from '../../engine/deadline.js';
import type { ExtSession } from '../../engine/extSession.js';
import type { Logger } from '../../engine/logger.js';
import type { Completions } from '../../protocol/output.js';

/** What comes later would drop onto what was typed meanwhile. */
const PATIENCE_MS = 1000;
/** In characters. */
const LONGEST_SIGNATURE = 500;

/** What helps a person who types a command. Undefined when no session can say, or it does not within a moment. */
export class TypingHelp {
  readonly #sessionOf: (languageId: string) => ExtSession | undefined;
  readonly #log: Logger;

  constructor(sessionOf: (languageId: string) => ExtSession | undefined, log: Logger) {
    this.#sessionOf = sessionOf;
    this.#log = log;
  }

  /** What may stand at a place of a text. */
  complete(source: string, offset: number, languageId: string): Promise<Completions | undefined> {
    return this.#ask(languageId, (session) => session.complete(source, offset));
  }

  /** How the call that ends `source` with its parenthesis may be written. */
  async signature(source: string, languageId: string): Promise<string | undefined> {
    const found = await this.#ask(languageId, (session) => session.inspect(source, source.length));
    const text = found?.['text/plain'];
    return typeof text === 'string' ? text.split('\n\n', 1)[0]?.slice(0, LONGEST_SIGNATURE) : undefined;
  }

  async #ask<T>(languageId: string, ask: (session: ExtSession) => Promise<T>): Promise<T | undefined> {
    const session = this.#sessionOf(languageId);
    try {
      return session && (await within(PATIENCE_MS, ask(session)));
    } catch (error) {
      this.#log.debug(`Could not get typing help: ${String(error)}`);
      return undefined;
    }
  }
}
