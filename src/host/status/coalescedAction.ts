import type { Disposable } from '../../engine/disposable.js';

/** A state that only lasts this many milliseconds cannot be seen, but would be drawn. */
const UNSEEN_MS = 30;

/**
 * Acts once for several requests in quick succession, so that a short command does not make the window draw each of its
 * states.
 */
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
