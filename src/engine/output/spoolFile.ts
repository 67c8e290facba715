import { closeSync, ftruncateSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ExtSessionError } from '../errors.js';

/** The size from which a file is full. The space of a file is only free again when none of it is needed. */
const FULL = 16 << 20;

/**
 * Bytes on disk, in a temporary file without a name, so that none remains, however the process ends. The file is closed
 * as soon as none of its bytes is needed any more.
 */
export class SpoolFile {
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
    this.#needed += bytes.length;
    return offset;
  }

  /** A copy of the bytes. @throws ExtSessionError with code OUTPUT_LOST if they cannot be read. */
  read(offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    try {
      for (let done = 0; done < length;) {
        const size = readSync(this.#descriptor, bytes, done, length - done, offset + done);
        if (size === 0) throw new RangeError(`The file ends at ${String(offset + done)} bytes.`);
        done += size;
      }
    } catch (cause) {
      throw new ExtSessionError('OUTPUT_LOST', `Output in a temporary file cannot be read: ${String(cause)}`, {
        cause,
      });
    }
    return bytes;
  }

  /** So many of the bytes are not needed any more. */
  release(bytes: number): void {
    this.#needed -= bytes;
    if (this.#needed > 0 || !this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#descriptor);
  }
}
