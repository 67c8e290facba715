const SLICE_MS = 8;

/** Divides long work into tasks of a few milliseconds, between which the page handles keys and paints. */
export class TimeSlice {
  #end = performance.now() + SLICE_MS;

  /** Ends the task if its time is over. */
  async pause(): Promise<void> {
    if (performance.now() >= this.#end) await this.end();
  }

  /** Ends the task. */
  async end(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    this.#end = performance.now() + SLICE_MS;
  }
}
