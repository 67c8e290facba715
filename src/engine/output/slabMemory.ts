const FIRST_SLAB = 4096;
const LAST_SLAB = 1 << 20;
/** The number of returned slabs that are kept. */
const MOST_SPARE = 4;

/** The size for at least `least` bytes after the slab `last`: twice as large up to 1 MiB. */
export function slabSize(last: Buffer | undefined, least = 0): number {
  return Math.max(last ? Math.min(LAST_SLAB, last.length * 2) : FIRST_SLAB, least);
}

/** Memory in slabs for consecutive bytes. New memory costs as much as everything else, so returned slabs are reused. */
export class SlabMemory {
  readonly #spare: Buffer[] = [];

  take(size: number): Buffer {
    return (size === LAST_SLAB ? this.#spare.pop() : undefined) ?? Buffer.allocUnsafeSlow(size);
  }

  /** Nobody has a view of the slab any more. */
  giveBack(slab: Buffer): void {
    if (slab.length === LAST_SLAB && this.#spare.length < MOST_SPARE) this.#spare.push(slab);
  }
}
