import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { readStored, setStoredPlace, type StoredFile } from '../output/storedBytes.js';

/** The usual size of what is referred to. */
const CHUNK = 1 << 20;
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const place = v.object({ file: whole, at: whole, size: whole });

/**
 * The files in which a supervisor keeps what takes too much memory. Reading there costs less than to have it sent, and
 * results can leave it there. A file and the one that follows are opened before they are needed: what the supervisor
 * has referred to is there although somebody kills it and removes them.
 */
export class JournalFiles {
  readonly #directory: string;
  readonly #open = new Map<number, JournalFile>();
  #buffer: Buffer | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** This file and the next one will be read; earlier ones will not. */
  expect(number: number): void {
    for (const [earlier, file] of this.#open) {
      if (earlier >= number) continue;
      file.leave();
      this.#open.delete(earlier);
    }
    for (const expected of [number, number + 1]) if (!this.#open.has(expected)) this.#tryToOpen(expected);
  }

  /**
   * What is there, as views that are only valid until the next one.
   * @throws the error of the system, or RangeError, if it is not there.
   */
  *read(reference: unknown): Generator<Buffer, void, undefined> {
    const { file: number, at, size } = v.parse(place, reference);
    this.expect(number);
    const file = this.#open.get(number);
    if (!file) throw new RangeError(`There is no file ${String(number)}.`);
    const buffer = (this.#buffer ??= Buffer.allocUnsafeSlow(CHUNK));
    for (let done = 0; done < size;) {
      const got = readSync(file.descriptor, buffer, 0, Math.min(CHUNK, size - done), at + done);
      if (got === 0) throw new RangeError(`File ${String(number)} ends at ${String(at + done)} bytes.`);
      setStoredPlace(buffer, { file, offset: at + done });
      done += got;
      yield buffer.subarray(0, got);
    }
  }

  dispose(): void {
    for (const file of this.#open.values()) file.leave();
    this.#open.clear();
  }

  #tryToOpen(number: number): void {
    try {
      const descriptor = openSync(path.join(this.#directory, `journal-${String(number)}`), 'r');
      this.#open.set(number, new JournalFile(descriptor));
    } catch {
      // nothing is kept there now; reading it would tell
    }
  }
}

/** Open until it is released, and none of its bytes is needed. */
class JournalFile implements StoredFile {
  readonly descriptor: number;
  #needed = 0;
  #isExpected = true;

  constructor(descriptor: number) {
    this.descriptor = descriptor;
  }

  read(offset: number, length: number): Buffer {
    return readStored(this.descriptor, offset, length);
  }

  keep(bytes: number): void {
    this.#needed += bytes;
  }

  leave(): void {
    this.#isExpected = false;
    this.release(0);
  }

  release(bytes: number): void {
    this.#needed -= bytes;
    if (this.#needed === 0 && !this.#isExpected) closeSync(this.descriptor);
  }
}
