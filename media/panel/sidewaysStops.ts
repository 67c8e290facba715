const QUIET_MS = 200;

/**
 * Makes outputs that scroll horizontally reachable with Tab, and others not. Updated when nothing changes for a moment.
 */
export class SidewaysStops {
  #timer: number | undefined;
  readonly #log: HTMLElement;

  #wraps = true;

  constructor(log: HTMLElement) {
    this.#log = log;
  }

  set wraps(wraps: boolean) {
    if (wraps === this.#wraps) return;
    this.#wraps = wraps;
    this.#look();
  }

  /** Something was drawn, or the width of the panel changed. */
  changed(): void {
    if (this.#wraps) return;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#look();
    }, QUIET_MS);
  }

  #look(): void {
    for (const text of this.#log.querySelectorAll('.text')) {
      const isStop = !this.#wraps && text.scrollWidth > text.clientWidth;
      if (isStop === text.hasAttribute('tabindex')) continue;
      if (isStop) text.setAttribute('tabindex', '0');
      else text.removeAttribute('tabindex');
    }
  }
}
