import { Queue } from './queue.js';
import { SlabMemory, slabSize } from './slabMemory.js';

interface Slab {
  readonly bytes: Buffer;
  from: number;
  to: number;
}

/** A first-in, first-out queue of bytes. The memory of removed bytes is reused. */
export class ByteQueue {
  readonly #slabs = new Queue<Slab>();
  readonly #memory = new SlabMemory();
  #size = 0;

  get length(): number {
    return this.#size;
  }

  /** Copies `bytes` to the end. */
  push(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) {
      const slab = this.#slabWithRoom();
      const part = bytes.subarray(done, done + slab.bytes.length - slab.to);
      slab.bytes.set(part, slab.to);
      slab.to += part.length;
      done += part.length;
    }
    this.#size += bytes.length;
  }

  /** Removes at most `size` bytes; fewer if they are not contiguous. The view is valid until the next `push`. */
  shift(size: number): Buffer {
    const slab = this.#slabs.first;
    if (!slab) return Buffer.alloc(0);
    const view = slab.bytes.subarray(slab.from, Math.min(slab.from + size, slab.to));
    slab.from += view.length;
    this.#size -= view.length;
    if (slab.from === slab.to) {
      this.#slabs.shift();
      this.#memory.giveBack(slab.bytes);
    }
    return view;
  }

  #slabWithRoom(): Slab {
    const { last } = this.#slabs;
    if (last && last.to < last.bytes.length) return last;
    const slab = { bytes: this.#memory.take(slabSize(last?.bytes)), from: 0, to: 0 };
    this.#slabs.push(slab);
    return slab;
  }
}
