import { SlabMemory } from './slabMemory.js';
import { SpoolFile } from './spoolFile.js';

const DEFAULT_IN_MEMORY = 16 << 20;

interface Slab {
  readonly start: number;
  readonly bytes: Buffer;
  used: number;
  /** Whether somebody has a view of it. */
  seen: boolean;
}

/**
 * An append-only sequence of bytes in slabs, so that a million small writes do not need a million objects. What exceeds
 * the limit in memory is moved to disk, the oldest first; if the disk is full, it stays in memory.
 */
export class SpillingBytes {
  readonly #inMemory: number;

  #slabs: Slab[] = [];
  readonly #memory = new SlabMemory();
  #total = 0;
  #spool: SpoolFile | undefined;
  #spools = true;

  /** `inMemory` is the limit in bytes. */
  constructor(inMemory = DEFAULT_IN_MEMORY) {
    this.#inMemory = inMemory;
  }

  get length(): number {
    return this.#total;
  }

  /** Copies `bytes` to the end. */
  append(bytes: Uint8Array): void {
    const rest = this.#fill(bytes);
    if (rest.length === 0) return;
    const bytesOfSlab = this.#memory.take(this.#slabs.at(-1)?.bytes, rest.length);
    const slab = { start: this.#total, bytes: bytesOfSlab, used: rest.length, seen: false };
    slab.bytes.set(rest, 0);
    this.#slabs.push(slab);
    this.#total += rest.length;
    if (this.#spools && this.#total - (this.#spool?.length ?? 0) > this.#inMemory) this.#moveToDisk();
  }

  /** The bytes from `start` to `end` as views, in order. Each remains valid forever. */
  *views(start = 0, end = this.#total): Generator<Buffer> {
    const onDisk = this.#spool?.length ?? 0;
    if (this.#spool && start < onDisk) yield* this.#spool.views(start, Math.min(end, onDisk));
    for (let index = this.#slabAt(start); index < this.#slabs.length; index++) {
      const slab = this.#slabs[index];
      if (!slab || slab.start >= end) return;
      const view = slab.bytes.subarray(Math.max(0, start - slab.start), Math.min(slab.used, end - slab.start));
      if (view.length === 0) continue;
      slab.seen = true;
      yield view;
    }
  }

  /** Fills the last slab, and returns the rest. */
  #fill(bytes: Uint8Array): Uint8Array {
    const last = this.#slabs.at(-1);
    if (!last) return bytes;
    const fits = Math.min(bytes.length, last.bytes.length - last.used);
    last.bytes.set(bytes.subarray(0, fits), last.used);
    last.used += fits;
    this.#total += fits;
    return bytes.subarray(fits);
  }

  #moveToDisk(): void {
    try {
      this.#spool ??= new SpoolFile();
      while (this.#slabs.length > 1 && this.#total - this.#spool.length > this.#inMemory) {
        const [oldest] = this.#slabs;
        if (!oldest) return;
        this.#spool.append(oldest.bytes.subarray(0, oldest.used));
        this.#slabs.shift();
        if (!oldest.seen) this.#memory.giveBack(oldest.bytes);
      }
    } catch {
      this.#spools = false; // no space on disk: everything stays in memory, and nothing is lost
    }
  }

  #slabAt(offset: number): number {
    let low = 0;
    let high = this.#slabs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#slabs[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
