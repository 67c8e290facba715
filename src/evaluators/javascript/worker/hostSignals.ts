/** How long a signal may be under way: the thread that takes it may have to wait for a processor. */
const UNDER_WAY_MS = 500;

/**
 * The SIGINTs that the host sends. It announces each with the command that it is for, so that one that comes late, when that
 * command has ended by itself or otherwise, is not taken for one that is meant for the next.
 */
export class HostSignals {
  /** The command that the last ones were for, how many the host has announced for it, and how many have come. */
  #id: number | undefined;
  #announced = 0;
  #come = 0;
  #settle: (() => void) | undefined;

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
    let timer: NodeJS.Timeout | undefined;
    while (this.areDue) {
      await new Promise<void>((resolve) => {
        this.#settle = resolve;
        timer ??= setTimeout(() => {
          this.#come = this.#announced;
          this.#settle?.();
        }, UNDER_WAY_MS);
      });
    }
    clearTimeout(timer);
  }

  #turnTo(id: number): void {
    if (id === this.#id) return;
    this.#id = id;
    this.#announced = this.#come = 0;
  }
}
