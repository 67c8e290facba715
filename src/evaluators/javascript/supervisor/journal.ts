import path from 'node:path';
import { HEADER } from '../../../engine/supervised/frames.js';
import { JournalBlock } from './journalBlock.js';
import type { JournalState } from './journalState.js';

const BLOCK = 1 << 20;
const IN_MEMORY = 1 << 20;

export interface JournalOptions {
  readonly directory: string;
  readonly state: JournalState;
  readonly limit: number;
}

/**
 * Everything that a host must still receive, or receive again: in memory, and in files beyond that. An offset counts the
 * bytes of all frames before it.
 */
export class Journal {
  readonly #directory: string;
  readonly #limit: number;
  readonly #blocks: JournalBlock[] = [];
  #made = 0;
  #inMemory = 0;
  #hasNoSpace = false;
  readonly #header = Buffer.alloc(HEADER);

  /** After the last frame. */
  readonly state: JournalState;
  #end = 0;

  constructor({ directory, state, limit }: JournalOptions) {
    this.#directory = directory;
    this.state = state;
    this.#limit = limit;
    this.#addBlock();
  }

  get start(): number {
    return this.#blocks[0]?.start ?? 0;
  }

  get end(): number {
    return this.#end;
  }

  get isFull(): boolean {
    return this.#end - this.start >= this.#limit || this.#hasNoSpace;
  }

  /** `message` is the one in the payload, if it has already been read. */
  append(kind: number, payload: Buffer, stream = 0, message?: unknown): void {
    const last = this.#blocks.at(-1);
    const block = last && last.size < BLOCK ? last : this.#addBlock();
    this.#header.writeUInt8(kind, 0);
    this.#header.writeUInt32BE(stream, 1);
    this.#header.writeUInt32BE(payload.length, 5);
    block.append(this.#header);
    block.append(payload);
    this.#end += HEADER + payload.length;
    this.#inMemory += HEADER + payload.length;
    this.state.fold({ kind, stream, payload }, message);
  }

  /** Some bytes from `offset` on; empty at the end. */
  read(offset: number): Buffer {
    return this.#blockAt(offset).read(offset);
  }

  /** `offset` is where a frame begins. */
  stateAt(offset: number): JournalState {
    const block = this.#blockAt(offset);
    const state = block.state.copy();
    const parts: Buffer[] = [];
    for (let at = block.start; at < offset; at += parts.at(-1)?.length ?? 0) parts.push(block.read(at));
    const bytes = Buffer.concat(parts).subarray(0, offset - block.start);
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
      if (!first || !second || first.end > offset) return;
      this.#blocks.shift();
      if (first.isInMemory) this.#inMemory -= first.size;
      else first.delete();
      this.#hasNoSpace = false;
    }
  }

  /** Gives up the oldest block if it ends before `before`; whether it did. */
  dropOldest(before: number): boolean {
    const [first, second] = this.#blocks;
    if (!first || !second || first.end > before) return false;
    this.release(first.end);
    return true;
  }

  #addBlock(): JournalBlock {
    const file = path.join(this.#directory, `journal-${String(++this.#made)}`);
    const block = new JournalBlock(this.#end, this.state.copy(), file);
    this.#blocks.push(block);
    this.#spill();
    return block;
  }

  #spill(): void {
    for (const block of this.#blocks.slice(0, -1)) {
      if (this.#inMemory <= IN_MEMORY) return;
      if (!block.isInMemory) continue;
      try {
        block.spill();
      } catch {
        this.#hasNoSpace = true;
        return;
      }
      this.#inMemory -= block.size;
    }
  }

  #blockAt(offset: number): JournalBlock {
    const block = this.#blocks.findLast(({ start }) => start <= offset);
    if (!block) throw new RangeError(`The journal begins after ${String(offset)}.`);
    return block;
  }
}
