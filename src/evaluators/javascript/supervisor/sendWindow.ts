/** For a host on this machine. */
const LOCAL = 1 << 22;
const LEAST = 1 << 17;
const MOST = 1 << 22;
/** How much later than without a flood a host may have what is sent, such as an answer. */
const LATE_MS = 100;

/**
 * How much an attached host may leave unread before the writers wait. For one on another machine, that is what the way
 * there carries without much delay, which changes.
 */
export class SendWindow {
  size: number;
  /** What has been sent but not acknowledged, and when. */
  #probe: { readonly offset: number; readonly at: number } | undefined;
  #shortest = Infinity;

  constructor(size = LOCAL) {
    this.size = size;
  }

  sent(offset: number): void {
    this.#probe ??= { offset, at: performance.now() };
  }

  /** `isFull` says whether the writers wait. */
  acknowledged(offset: number, isFull: boolean): void {
    if (!this.#probe || offset < this.#probe.offset) return;
    const taken = performance.now() - this.#probe.at;
    this.#probe = undefined;
    this.#shortest = Math.min(this.#shortest, taken);
    const change = Math.min(2, (this.#shortest + LATE_MS) / taken);
    if (change < 1 || isFull) this.size = Math.min(MOST, Math.max(LEAST, Math.trunc(this.size * change)));
  }

  /** Another host comes another way. */
  forget(): void {
    this.#probe = undefined;
    this.#shortest = Infinity;
  }
}
