import { HEADER } from '../../../engine/supervised/frames.js';
import { JournalBlock } from './journalBlock.js';
import { JournalFile } from './journalFile.js';
import type { JournalState } from './journalState.js';

/** From this size on, a block's memory is given back when nobody needs it any more. */
const MUCH = 1 << 16;

export interface JournalOptions {
  readonly directory: string;
  readonly state: JournalState;
  readonly limit: number;
  /** How many full blocks stay in memory, for a host that does not read files. */
  readonly inMemory: number;
}

/**
 * Everything that a host must still receive, or receive again: the end in memory, and in files what is before that. An
 * offset counts the bytes of all frames before it.
 */
export class Journal {
  readonly #directory: string;
  readonly #limit: number;
  readonly #inMemory: number;
  #blocks: JournalBlock[] = [];
  #file: JournalFile;
  #nextFile: JournalFile;
  #hasNoSpace = false;
  /** Of a usual block that is not needed any more. */
  #spare: Buffer | undefined;

  /** After the last frame. */
  readonly state: JournalState;
  /** No frame before that changes any more. */
  sealed = 0;

  constructor({ directory, state, limit, inMemory }: JournalOptions) {
    this.#directory = directory;
    this.state = state;
    this.#limit = limit;
    this.#inMemory = inMemory;
    this.#file = new JournalFile(directory, 1);
    this.#nextFile = new JournalFile(directory, 2);
    this.#addBlock();
  }

  get start(): number {
    return this.#blocks[0]?.start ?? 0;
  }

  get end(): number {
    return this.#blocks.at(-1)?.end ?? 0;
  }

  /** Where the last block starts: all others are full. */
  get lastStart(): number {
    return this.#blocks.at(-1)?.start ?? 0;
  }

  /** The number of the file that is being written. The next one exists too. */
  get file(): number {
    return this.#file.number;
  }

  get isFull(): boolean {
    return this.end - this.start >= this.#limit || this.#hasNoSpace;
  }

  /** `message` is the one in the payload, if it has already been read. */
  append(kind: number, payload: Buffer, stream = 0, message?: unknown): void {
    const last = this.#blocks.at(-1);
    const size = HEADER + payload.length;
    const block = last?.hasSpace(size) ? last : this.#addBlock(size);
    block.append(kind, stream, payload, this.sealed);
    this.state.fold({ kind, stream, payload }, message);
    if (block.isFull) this.#addBlock();
  }

  /** @throws RangeError if the journal begins after that. */
  blockAt(offset: number): JournalBlock {
    const block = this.#blocks.findLast(({ start }) => start <= offset);
    if (!block) throw new RangeError(`The journal begins after ${String(offset)}.`);
    return block;
  }

  /** Moves it to a file, unless there is no space. */
  finish(block: JournalBlock): void {
    if (block === this.#blocks.at(-1)) this.#addBlock();
  }

  /** `offset` is where a frame begins. */
  stateAt(offset: number): JournalState {
    const block = this.blockAt(offset);
    const state = block.state.copy();
    const bytes = block.read(block.start).subarray(0, offset - block.start);
    let at = 0;
    while (at < bytes.length) {
      const [kind, stream, size] = [bytes.readUInt8(at), bytes.readUInt32BE(at + 1), bytes.readUInt32BE(at + 5)];
      at += HEADER + size;
      state.fold({ kind, stream, payload: bytes.subarray(at - size, at) });
    }
    return state;
  }

  /** Nobody needs what is before `offset` any more. */
  release(offset: number): void {
    for (;;) {
      const [first, second] = this.#blocks;
      if (!first || !second || first.end > offset) break;
      this.#blocks.shift();
      this.#spare = first.release() ?? this.#spare;
      this.#hasNoSpace = false;
    }
    if (offset >= this.end && (this.#blocks[0]?.size ?? 0) > MUCH) this.#startAnew();
  }

  /** Gives up the oldest block if it ends before `before`; whether it did. */
  dropOldest(before: number): boolean {
    const [first, second] = this.#blocks;
    if (!first || !second || first.end > before) return false;
    this.release(first.end);
    return true;
  }

  /** Gives the memory back that much output has taken. */
  #startAnew(): void {
    const { end } = this;
    this.#blocks = [new JournalBlock(end, this.state.copy(), 0)];
    this.#spare = undefined;
  }

  #addBlock(size = 0): JournalBlock {
    const { end } = this;
    const block = new JournalBlock(end, this.state.copy(), size, this.#spill() ?? this.#spare);
    this.#spare = undefined;
    this.#blocks.push(block);
    return block;
  }

  /** Moves what does not stay in memory to files, the oldest first, and returns memory that can be used again. */
  #spill(): Buffer | undefined {
    let memory: Buffer | undefined;
    const first = this.#blocks.findLastIndex(({ isInMemory }) => !isInMemory) + 1;
    for (const block of this.#blocks.slice(first, Math.max(first, this.#blocks.length - this.#inMemory))) {
      if (this.#file.isFull) {
        this.#file = this.#nextFile;
        this.#nextFile = new JournalFile(this.#directory, this.#file.number + 1);
      }
      try {
        memory = block.spill(this.#file);
      } catch {
        this.#hasNoSpace = true;
        return undefined;
      }
    }
    return memory;
  }
}
