import type { ExtSession } from '../../engine/extSession.js';
import type { OnInput } from '../../engine/worker/standardInput.js';
import { goneNotice, isUnreachable } from '../messages.js';
import type { KeptSession } from './keptSessions.js';
import type { LanguageSessionOptions } from './languageSessionOptions.js';
import type { OpenSession } from './openSession.js';

type SuccessionOptions = Pick<LanguageSessionOptions, 'id' | 'attach' | 'kept' | 'log' | 'report'>;

/** What one window leaves to the next: a session that goes on without this one, or that an earlier one has left. */
export class Succession {
  readonly #options: SuccessionOptions;

  constructor(options: SuccessionOptions) {
    this.#options = options;
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
  async attach({ reference, ...rest }: KeptSession, onInput: OnInput): Promise<OpenSession | undefined> {
    const { id, attach, kept, log, report } = this.#options;
    let session: ExtSession;
    try {
      session = await attach(reference, { onInput, logger: log, holdsResults: true });
    } catch (error) {
      log.info(String(error));
      if (isUnreachable(error)) kept.release(id);
      else kept.remove(id);
      report({ ...goneNotice(error), session: id });
      return undefined;
    }
    const { launch, uri, keepAliveMs } = rest;
    return { session, launch, uri, keepAliveMs };
  }

  /** The session is gone. */
  forget(): void {
    this.#options.kept.remove(this.#options.id);
  }

  /** Another window remembers it now. */
  release(): void {
    this.#options.kept.release(this.#options.id);
  }
}
