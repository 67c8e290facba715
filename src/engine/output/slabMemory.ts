const FIRST_SLAB = 4096;
const LAST_SLAB = 1 << 20;

/** Memory in slabs for consecutive bytes. New memory costs as much as everything else, so returned slabs are reused. */
export class SlabMemory {
  #spare: Buffer | undefined;

  /** A slab of at least `least` bytes, twice as large as the last one up to 1 MiB. */
  take(last: Buffer | undefined, least = 0): Buffer {
    const size = Math.max(last ? Math.min(LAST_SLAB, last.length * 2) : FIRST_SLAB, least);
    const spare = this.#spare;
    this.#spare = undefined;
    return spare && spare.length >= size ? spare : Buffer.allocUnsafeSlow(size);
  }

  /** Nobody has a view of the slab any more. */
  giveBack(slab: Buffer): void {
    this.#spare = slab;
  }
}
