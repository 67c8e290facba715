/** So often may a command go on at once after a wait before it counts as one that hardly waits. */
const TIGHT = 100;
/** How long such a command goes on before everything else gets a turn, and how many steps it then has done at least. */
const TURN_MS = 5;
const FEW_STEPS = 10;

/** How a command shares the thread with timers, signals and all else that can only happen while it really waits. */
export class Turns {
  #steps = 0;
  #stepsOfTurn = 0;
  #last = performance.now();
  #next: NodeJS.Immediate | undefined;

  /** Many steps, each of them short, came at once after the one before. */
  get areTight(): boolean {
    return this.#steps > TIGHT;
  }

  /** Counts a step. True when it is time for a turn. */
  isDue(): boolean {
    this.#steps++;
    this.#stepsOfTurn++;
    this.#next ??= setImmediate(() => {
      this.#next = undefined;
      this.#begin(0);
    }).unref();
    return performance.now() - this.#last >= TURN_MS;
  }

  /** Resolves when all else had its turn. */
  async take(): Promise<void> {
    const steps = this.#stepsOfTurn < FEW_STEPS ? 0 : this.#steps;
    await new Promise((resolve) => setImmediate(resolve));
    this.#begin(steps);
  }

  #begin(steps: number): void {
    this.#steps = steps;
    this.#stepsOfTurn = 0;
    this.#last = performance.now();
  }
}
