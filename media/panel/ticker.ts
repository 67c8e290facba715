/**
 * Updates the time of what runs: ten times a second for ten seconds, then once a second, and not at all if nothing
 * runs.
 */
export class Ticker {
  #timer: number | undefined;
  readonly #tick: () => number | undefined;

  /** `tick` returns how long it has been running, or undefined if nothing runs. */
  constructor(tick: () => number | undefined) {
    this.#tick = tick;
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.#timer = window.setTimeout(() => {
      this.#timer = undefined;
      if (this.#tick() !== undefined) this.start();
    }, this.#pause());
  }

  #pause(): number {
    const elapsedMs = this.#tick() ?? 0;
    return elapsedMs < 10_000 ? 100 - (elapsedMs % 100) : 1000 - (elapsedMs % 1000);
  }
}
