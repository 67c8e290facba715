import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readStored, type StoredFile } from './storedBytes.js';

/** The size from which a file is full. The space of a file is only free again when none of it is needed. */
const FULL = 16 << 20;

/**
 * Bytes on disk, in a temporary file without a name, so that none remains, however the process ends. The file is closed
 * as soon as none of its bytes is needed any more.
 */
export class SpoolFile implements StoredFile {
  readonly #descriptor: number;
  #size = 0;
  /** The number of bytes that are still needed. */
  #needed = 0;
  #isOpen = true;

  /** @throws the error of the operating system if no file can be created. */
  constructor() {
    const directory = mkdtempSync(path.join(tmpdir(), 'extsession-output-'));
    try {
      this.#descriptor = openSync(path.join(directory, 'bytes'), 'wx+', 0o600);
    } finally {
      rmSync(directory, { recursive: true });
    }
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get isFull(): boolean {
    return this.#size >= FULL;
  }

  /** Appends all of `bytes`, or nothing, and returns their offset. @throws the error of the operating system. */
  append(bytes: Uint8Array): number {
    const offset = this.#size;
    try {
      for (let done = 0; done < bytes.length;) {
        done += writeSync(this.#descriptor, bytes, done, bytes.length - done, offset + done);
      }
    } catch (error) {
      ftruncateSync(this.#descriptor, offset);
      throw error;
    }
    this.#size += bytes.length;
    return offset;
  }

  read(offset: number, length: number): Buffer {
    return readStored(this.#descriptor, offset, length);
  }

  keep(bytes: number): void {
    this.#needed += bytes;
  }

  release(bytes: number): void {
    this.#needed -= bytes;
    if (this.#needed > 0 || !this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#descriptor);
  }
}
