import { Backlog } from './backlog.js';

const FIRST_SLAB = 4096;
const LAST_SLAB = 1 << 20;

interface Slab {
  readonly bytes: Buffer;
  from: number;
  to: number;
}

/** Bytes that are taken out in the order in which they came in. What was taken out leaves its memory to what comes in. */
export class ByteQueue {
  private readonly slabs = new Backlog<Slab>();
  /** Fresh memory costs as much as all the rest. */
  private spare: Buffer | undefined;
  private size = 0;

  get length(): number {
    return this.size;
  }

  /** Copies `bytes` to the end. */
  push(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) {
      const slab = this.slabWithRoom();
      const part = bytes.subarray(done, done + slab.bytes.length - slab.to);
      slab.bytes.set(part, slab.to);
      slab.to += part.length;
      done += part.length;
    }
    this.size += bytes.length;
  }

  /** Takes at most `size` bytes out; fewer when they do not lie together. The view is valid until the next `push`. */
  shift(size: number): Buffer {
    const slab = this.slabs.first;
    if (!slab) return Buffer.alloc(0);
    const view = slab.bytes.subarray(slab.from, Math.min(slab.from + size, slab.to));
    slab.from += view.length;
    this.size -= view.length;
    if (slab.from === slab.to) {
      this.slabs.shift();
      this.spare = slab.bytes;
    }
    return view;
  }

  private slabWithRoom(): Slab {
    const { last } = this.slabs;
    if (last && last.to < last.bytes.length) return last;
    const size = last ? Math.min(LAST_SLAB, last.bytes.length * 2) : FIRST_SLAB;
    const slab = { bytes: this.memory(size), from: 0, to: 0 };
    this.slabs.push(slab);
    return slab;
  }

  private memory(size: number): Buffer {
    const { spare } = this;
    this.spare = undefined;
    return spare && spare.length >= size ? spare : Buffer.allocUnsafeSlow(size);
  }
}
