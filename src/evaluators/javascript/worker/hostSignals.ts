import { now } from './now.js';

/** How long a signal may be under way: the thread that takes it may have to wait for a processor. */
const UNDER_WAY_MS = 100;

/**
 * The SIGINTs that the host sends. It announces each with the command that it is for, so that one that comes late, when
 * that command has ended by itself or otherwise, is not taken for one that is meant for the next.
 */
export class HostSignals {
  /** The command that the last ones were for, how many the host has announced for it, and how many have come. */
  #id: number | undefined;
  #announced = 0;
  #come = 0;
  #settle: (() => void) | undefined;
  readonly #absorb: (ms: number) => void;

  /** `absorb` takes a signal that Node has kept back, waiting for as long as that. */
  constructor(absorb: (ms: number) => void) {
    this.#absorb = absorb;
  }

  /** One for that command is about to come, unless it has come already. */
  announce(id: number): void {
    this.#turnTo(id);
    this.#announced++;
  }

  /** A signal has come while `running` runs, if any does. Whether it is meant for that. */
  come(running: number | undefined): boolean {
    if (this.#announced <= this.#come) {
      // Somebody else's; or the announcement has not been read yet, since the command left no time for it.
      if (running !== undefined) this.ended(running);
      return true;
    }
    this.#come++;
    this.#settle?.();
    return this.#id === running;
  }

  /** A signal has ended what the command did. */
  ended(id: number): void {
    this.#turnTo(id);
    this.#come++;
  }

  /** Whether signals are under way. */
  get areDue(): boolean {
    return this.#announced > this.#come;
  }

  /** Resolves when all that were announced have come, or must have become one. */
  async settled(): Promise<void> {
    const end = now() + UNDER_WAY_MS;
    while (this.areDue && now() < end) await this.#next(end - now());
    if (this.areDue) this.#absorb(UNDER_WAY_MS);
    this.#come = this.#announced;
  }

  /** Resolves when a signal comes, or the time is over. */
  #next(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#settle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #turnTo(id: number): void {
    if (id === this.#id) return;
    this.#id = id;
    this.#announced = this.#come = 0;
  }
}
