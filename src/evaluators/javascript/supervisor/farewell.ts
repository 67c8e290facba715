import { after } from '../../../engine/deadline.js';
import type { Disposable } from '../../../engine/disposable.js';
import type { ProcessGroup } from '../../../engine/link/processGroup.js';

const TERMINATE_AFTER_MS = 10_000;
const KILL_AFTER_MS = 5000;

export interface FarewellOptions {
  /** How long the session waits for a host; null is for ever. */
  readonly keepAliveMs: number | null;
  /** How much longer its commands may run; null is for ever. */
  readonly keepRunningMs: number | null;
  readonly group: ProcessGroup;
  /** Called when the session ends as soon as nothing runs. */
  readonly due: () => void;
  /** Asks the worker to end, and interrupts what it runs. */
  readonly say: () => void;
}

/** The end of a session that no host comes for: in order, and not later than its time. */
export class Farewell {
  readonly #options: FarewellOptions;
  #waiting: Disposable | undefined;
  #ending: Disposable | undefined;
  #isDue = false;
  #isSaid = false;

  constructor(options: FarewellOptions) {
    this.#options = options;
  }

  get isDue(): boolean {
    return this.#isDue;
  }

  get isSaid(): boolean {
    return this.#isSaid;
  }

  /** Without a host from now on. */
  wait(): void {
    const { keepAliveMs, keepRunningMs, due } = this.#options;
    this.cancel();
    if (keepAliveMs === null) return;
    this.#waiting = after(keepAliveMs, () => {
      this.#isDue = true;
      if (keepRunningMs !== null)
        this.#waiting = after(keepRunningMs, () => {
          this.say();
        });
      due();
    });
  }

  /** A host is there. */
  cancel(): void {
    this.#isDue = false;
    this.#waiting?.dispose();
  }

  say(): void {
    if (this.#isSaid) return;
    const { group, say } = this.#options;
    this.#isSaid = true;
    say();
    this.#ending = after(TERMINATE_AFTER_MS, () => {
      group.signal('SIGTERM');
      this.#ending = after(KILL_AFTER_MS, () => group.signal('SIGKILL'));
    });
  }

  /** The worker has ended. */
  dispose(): void {
    this.cancel();
    this.#ending?.dispose();
  }
}
