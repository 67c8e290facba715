import type { Disposable } from '../../engine/disposable.js';

/** What comes and goes within so many milliseconds is not seen, but would be drawn. */
const UNSEEN_MS = 30;

/** Acts once for all that was asked within a moment: a short command does not make the window draw each of its states. */
export class CoalescedAction implements Disposable {
  #timer: NodeJS.Timeout | undefined;
  readonly #act: () => void;

  constructor(act: () => void) {
    this.#act = act;
  }

  ask(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#act();
    }, UNSEEN_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
