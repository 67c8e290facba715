import type { OutputAccount } from './outputBudget.js';
import { type StoredFile, type StoredPlace, storedPlaceOf } from './storedBytes.js';

const DEFAULT_IN_MEMORY = 16 << 20;
/** The number of bytes that are read from disk at a time. */
const CHUNK = 1 << 20;
/** Smaller parts are copied also when they are in a file. */
const LEAST_IN_PLACE = 1 << 15;

interface Slab {
  readonly start: number;
  readonly bytes: Buffer;
  used: number;
}

/** Consecutive bytes in a file. */
interface Piece {
  readonly start: number;
  readonly file: StoredFile;
  readonly offset: number;
  length: number;
}

/**
 * An append-only sequence of bytes in slabs, so that a million small writes do not need a million objects. What exceeds
 * its limit in memory is moved to disk, the oldest first; if the disk is full, it stays in memory. What is in a file
 * anyway, as `storedPlaceOf` tells, is left there.
 */
export class SpillingBytes {
  readonly #account: OutputAccount;
  readonly #inMemory: number;

  #slabs: Slab[] = [];
  #pieces: Piece[] = [];
  #onDisk = 0;
  #total = 0;

  /** `inMemory` is its own limit in bytes, in addition to that of the budget. */
  constructor(account: OutputAccount, inMemory = DEFAULT_IN_MEMORY) {
    this.#account = account;
    this.#inMemory = inMemory;
  }

  get length(): number {
    return this.#total;
  }

  /** Copies `bytes` to the end. False if some are lost, because there is no room in memory and none on disk. */
  append(bytes: Uint8Array): boolean {
    if (this.#isLeftInPlace(bytes)) return true;
    const rest = this.#fill(bytes);
    if (rest.length === 0) return true;
    const slab = this.#account.take(this.#slabs.at(-1)?.bytes, rest.length);
    if (!slab) return false;
    slab.set(rest, 0);
    this.#slabs.push({ start: this.#total, bytes: slab, used: rest.length });
    this.#total += rest.length;
    this.#spillExcess();
    return true;
  }

  /**
   * Moves the oldest bytes to disk until so much memory is free, or all of it.
   * @throws the error of the operating system; the rest stays in memory.
   */
  spill(bytes: number): void {
    let freed = 0;
    for (let oldest = this.#slabs[0]; oldest && freed < bytes; oldest = this.#slabs[0]) {
      this.#write(oldest);
      this.#slabs.shift();
      this.#account.giveBack(oldest.bytes);
      freed += oldest.bytes.length;
    }
  }

  /** Removes all bytes. The account gives back their memory and their files. */
  clear(): void {
    this.#slabs = [];
    this.#pieces = [];
    this.#onDisk = this.#total = 0;
  }

  /** The bytes from `start` to `end`, in order, as views that are valid until something is appended or spilled. */
  *views(start = 0, end = this.#total): Generator<Buffer> {
    for (let at = start; at < end;) {
      const view = at < this.#onDisk ? this.#read(at, Math.min(end, this.#onDisk)) : this.#viewSlab(at, end);
      at += view.length;
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

  /** Leaves the last slab, which is being filled, in memory. */
  #spillExcess(): void {
    const excess = Math.min(
      this.#total - this.#onDisk - this.#inMemory,
      (this.#slabs.at(-1)?.start ?? 0) - this.#onDisk,
    );
    if (excess <= 0) return;
    try {
      this.spill(excess);
    } catch {
      // There is no room on disk. It stays in memory, as long as the budget allows it.
    }
  }

  /** Whether the bytes are where they need not be copied, and too many to be in memory. */
  #isLeftInPlace(bytes: Uint8Array): boolean {
    if (bytes.length < LEAST_IN_PLACE || this.#total + bytes.length <= this.#inMemory) return false;
    const place = storedPlaceOf(bytes);
    if (!place) return false;
    try {
      this.spill(Infinity); // comes before it
    } catch {
      return false;
    }
    this.#account.keep(place.file, bytes.length);
    this.#addPiece(place, bytes.length);
    this.#total += bytes.length;
    return true;
  }

  #write({ bytes, used }: Slab): void {
    this.#addPiece(this.#account.write(bytes.subarray(0, used)), used);
  }

  #addPiece({ file, offset }: StoredPlace, length: number): void {
    const last = this.#pieces.at(-1);
    if (last?.file === file && last.offset + last.length === offset) last.length += length;
    else this.#pieces.push({ start: this.#onDisk, file, offset, length });
    this.#onDisk += length;
  }

  #read(at: number, end: number): Buffer {
    const { start, file, offset, length } = itemAt(this.#pieces, at);
    return file.read(offset + at - start, Math.min(CHUNK, end - at, start + length - at));
  }

  #viewSlab(at: number, end: number): Buffer {
    const { start, bytes, used } = itemAt(this.#slabs, at);
    return bytes.subarray(at - start, Math.min(used, end - start));
  }
}

/** The last of the items that starts at the offset or before it. */
function itemAt<T extends { readonly start: number }>(items: readonly T[], offset: number): T {
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((items[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const item = items[low];
  if (!item) throw new RangeError(`There are no bytes at ${String(offset)}.`);
  return item;
}
