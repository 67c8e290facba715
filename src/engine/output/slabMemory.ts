const FIRST_SLAB = 4096;
const LAST_SLAB = 1 << 20;

/** Memory for bytes that come one after the other, in slabs. Fresh memory costs as much as all else: what is given back serves again. */
export class SlabMemory {
  #spare: Buffer | undefined;

  /** A slab of `least` bytes or more, twice as large as the last one up to 1 MiB. */
  take(last: Buffer | undefined, least = 0): Buffer {
    const size = Math.max(last ? Math.min(LAST_SLAB, last.length * 2) : FIRST_SLAB, least);
    const spare = this.#spare;
    this.#spare = undefined;
    return spare && spare.length >= size ? spare : Buffer.allocUnsafeSlow(size);
  }

  /** Nobody has a view of it any more. */
  giveBack(slab: Buffer): void {
    this.#spare = slab;
  }
}
