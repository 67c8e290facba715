import { now } from './now.js';

/** How often a command can continue immediately after a wait before it counts as one that hardly waits. */
const TIGHT = 100;
/** How long such a command runs before everything else gets a turn, and the minimum number of steps in that time. */
const TURN_MS = 5;
const FEW_STEPS = 10;

/** Not what the user may put in its place. */
const soon = setImmediate;

/** How a command shares the thread with timers, signals and everything else that only happens while it really waits. */
export class Turns {
  #steps = 0;
  #stepsOfTurn = 0;
  #last = now();
  #next: NodeJS.Immediate | undefined;

  /** Whether many short steps came immediately one after the other. */
  get areTight(): boolean {
    return this.#steps > TIGHT;
  }

  /** Counts a step. True if it is time for a turn. */
  isDue(): boolean {
    this.#steps++;
    this.#stepsOfTurn++;
    this.#next ??= soon(() => {
      this.#next = undefined;
      this.#begin(0);
    }).unref();
    return now() - this.#last >= TURN_MS;
  }

  /** Resolves when everything else had its turn. */
  async take(): Promise<void> {
    const steps = this.#stepsOfTurn < FEW_STEPS ? 0 : this.#steps;
    await new Promise((resolve) => soon(resolve));
    this.#begin(steps);
  }

  #begin(steps: number): void {
    this.#steps = steps;
    this.#stepsOfTurn = 0;
    this.#last = now();
  }
}
