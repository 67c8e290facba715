import { HEADER, received, writeHeader } from '../../../engine/supervised/frames.js';
import type { JournalFile } from './journalFile.js';
import type { JournalState } from './journalState.js';

/** The size of most blocks. */
const USUAL = 1 << 20;
/** What reading a stream takes at most. */
const LEAST = (1 << 18) + HEADER;

export interface JournalPlace {
  readonly file: number;
  readonly at: number;
  readonly size: number;
}

/** Whole frames, one after the other: in memory, or in a file that several blocks share. */
export class JournalBlock {
  /** Undefined when the bytes are in the file. */
  #memory: Buffer | undefined;
  #file: JournalFile | undefined;
  #at = 0;
  #size = 0;
  /** The last frame, if it is one of data. */
  #data: { readonly at: number; readonly stream: number } | undefined;

  /** `state` is that before the first frame; `memory` that of a usual block that is not needed any more. */
  constructor(
    readonly start: number,
    readonly state: JournalState,
    size: number,
    memory?: Buffer,
  ) {
    this.#memory = memory && size <= USUAL ? memory : Buffer.allocUnsafeSlow(Math.max(USUAL, size));
  }

  get size(): number {
    return this.#size;
  }

  get end(): number {
    return this.start + this.#size;
  }

  get isInMemory(): boolean {
    return this.#memory !== undefined;
  }

  /** Whether too little space is left for reading a stream. */
  get isFull(): boolean {
    return !this.hasSpace(LEAST);
  }

  hasSpace(size: number): boolean {
    return this.#memory !== undefined && this.#size + size <= this.#memory.length;
  }

  /**
   * Only if it has the space. Data is added to the last frame, if that is of the same stream and does not begin before
   * the offset `sealed`.
   */
  append(kind: number, stream: number, payload: Buffer, sealed: number): void {
    const memory = this.#memory;
    if (!memory) return;
    const last = this.#data;
    const goesOn = kind === received.data && last?.stream === stream && this.start + last.at >= sealed;
    const at = goesOn ? last.at : this.#size;
    if (!goesOn) this.#size += HEADER;
    memory.set(payload, this.#size);
    this.#size += payload.length;
    writeHeader(memory, at, kind, stream, this.#size - at - HEADER);
    this.#data = kind === received.data ? { at, stream } : undefined;
  }

  /** Everything from there on, as a view that is valid until the block moves to a file. */
  read(offset: number): Buffer {
    const at = offset - this.start;
    return (
      this.#memory?.subarray(at, this.#size) ?? this.#file?.read(this.#at + at, this.#size - at) ?? Buffer.alloc(0)
    );
  }

  /** Where everything from there on is in a file; undefined if it is in memory. */
  place(offset: number): JournalPlace | undefined {
    const at = offset - this.start;
    return this.#file && { file: this.#file.number, at: this.#at + at, size: this.#size - at };
  }

  /**
   * Moves the bytes into the file, and returns the memory of a usual block.
   * @throws the system's error, and stays in memory, if there is no space.
   */
  spill(file: JournalFile): Buffer | undefined {
    const memory = this.#memory;
    if (!memory) return undefined;
    this.#at = file.add(memory.subarray(0, this.#size));
    this.#file = file;
    this.#memory = undefined;
    return memory.length === USUAL ? memory : undefined;
  }

  /** Nobody needs it any more. Returns the memory of a usual block. */
  release(): Buffer | undefined {
    this.#file?.release();
    return this.#memory?.length === USUAL ? this.#memory : undefined;
  }
}
