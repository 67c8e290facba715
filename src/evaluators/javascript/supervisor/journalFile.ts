import { closeSync, ftruncateSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

const FULL = 1 << 24;

/** Blocks one after the other. It exists from the beginning, so that a host can open it before it is needed. */
export class JournalFile {
  readonly #path: string;
  #blocks = 0;
  #size = 0;

  constructor(
    directory: string,
    readonly number: number,
  ) {
    this.#path = path.join(directory, `journal-${String(number)}`);
    try {
      closeSync(this.#open('a'));
    } catch {
      // there is no space now, but there may be when it is needed
    }
  }

  /** Whether it gets no more blocks. */
  get isFull(): boolean {
    return this.#size >= FULL || (this.#size > 0 && this.#blocks === 0);
  }

  /** Where the block begins. @throws the system's error, and is as before, if there is no space. */
  add(bytes: Buffer): number {
    const at = this.#size;
    const file = this.#open('a');
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
      this.#size += bytes.length;
    } catch (error) {
      ftruncateSync(file, at);
      throw error;
    } finally {
      closeSync(file);
    }
    this.#blocks++;
    return at;
  }

  read(at: number, size: number): Buffer {
    const bytes = Buffer.allocUnsafeSlow(size);
    const file = this.#open('r');
    try {
      return bytes.subarray(0, readSync(file, bytes, 0, size, at));
    } finally {
      closeSync(file);
    }
  }

  /** One of its blocks is not needed any more. What a host has read may still be needed there. */
  release(): void {
    this.#blocks--;
    if (this.#blocks === 0) rmSync(this.#path, { force: true });
  }

  #open(flags: 'a' | 'r'): number {
    return openSync(this.#path, flags, 0o600);
  }
}
