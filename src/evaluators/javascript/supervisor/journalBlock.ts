import { closeSync, openSync, readSync, rmSync, writevSync } from 'node:fs';
import type { JournalState } from './journalState.js';

const SLAB = 1 << 18;

/** Whole frames, one after the other: in memory, or in a file. */
export class JournalBlock {
  readonly #path: string;
  /** Each but the last one is full. Undefined when the bytes are in the file. */
  #slabs: Buffer[] | undefined = [];
  #size = 0;

  /** `state` is that before the first frame. */
  constructor(
    readonly start: number,
    readonly state: JournalState,
    path: string,
  ) {
    this.#path = path;
  }

  get size(): number {
    return this.#size;
  }

  get end(): number {
    return this.start + this.#size;
  }

  get isInMemory(): boolean {
    return this.#slabs !== undefined;
  }

  /** Only in memory. */
  append(bytes: Uint8Array): void {
    let left = bytes;
    while (this.#slabs && left.length > 0) {
      const at = this.#size % SLAB;
      if (at === 0) this.#slabs.push(Buffer.allocUnsafeSlow(SLAB));
      const piece = left.subarray(0, SLAB - at);
      this.#slabs.at(-1)?.set(piece, at);
      this.#size += piece.length;
      left = left.subarray(piece.length);
    }
  }

  /** Some bytes from `offset` on: a view that stays valid; empty at the end. */
  read(offset: number): Buffer {
    const at = offset - this.start;
    const size = Math.min(SLAB - (at % SLAB), this.#size - at);
    if (this.#slabs)
      return (this.#slabs[Math.floor(at / SLAB)] ?? Buffer.alloc(0)).subarray(at % SLAB, (at % SLAB) + size);
    const bytes = Buffer.allocUnsafeSlow(size);
    const file = openSync(this.#path, 'r');
    try {
      return bytes.subarray(0, readSync(file, bytes, 0, size, at));
    } finally {
      closeSync(file);
    }
  }

  /** Moves the bytes into the file. @throws the system's error, and stays in memory, if there is no space. */
  spill(): void {
    if (!this.#slabs) return;
    try {
      this.#write(this.#slabs);
    } catch (error) {
      this.delete();
      throw error;
    }
    this.#slabs = undefined;
  }

  delete(): void {
    rmSync(this.#path, { force: true });
  }

  #write(slabs: readonly Buffer[]): void {
    const file = openSync(this.#path, 'w', 0o600);
    try {
      let written = 0;
      while (written < this.#size) {
        const first = Math.floor(written / SLAB);
        const left = slabs.slice(first).map((slab, index) => {
          const from = index === 0 ? written % SLAB : 0;
          return slab.subarray(from, Math.min(SLAB, this.#size - (first + index) * SLAB));
        });
        written += writevSync(file, left);
      }
    } finally {
      closeSync(file);
    }
  }
}
