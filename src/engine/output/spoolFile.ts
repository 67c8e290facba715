import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const CHUNK = 1 << 20;

/** The files of spools that nobody can reach any more. */
const descriptors = new FinalizationRegistry<number>((descriptor) => {
  closeSync(descriptor);
});

/**
 * Bytes on disk, in a temporary file without a name: it disappears with the object, and with the process, however that
 * ends.
 */
export class SpoolFile {
  readonly #descriptor: number;
  #size = 0;

  /** @throws the error of the operating system if no file can be created. */
  constructor() {
    const directory = mkdtempSync(path.join(tmpdir(), 'extsession-output-'));
    try {
      this.#descriptor = openSync(path.join(directory, 'bytes'), 'wx+', 0o600);
    } finally {
      rmSync(directory, { recursive: true });
    }
    descriptors.register(this, this.#descriptor);
  }

  get length(): number {
    return this.#size;
  }

  /** Appends all of `bytes`, or nothing. @throws the error of the operating system, such as ENOSPC. */
  append(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) {
      done += writeSync(this.#descriptor, bytes, done, bytes.length - done, this.#size + done);
    }
    this.#size += bytes.length;
  }

  /** The bytes from `start` to `end`, in order. */
  *views(start: number, end: number): Generator<Buffer> {
    for (let at = start; at < end;) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK, end - at));
      const size = readSync(this.#descriptor, chunk, 0, chunk.length, at);
      if (size === 0) throw new RangeError(`The spool ends at ${String(at)} bytes, before ${String(end)}.`);
      yield chunk.subarray(0, size);
      at += size;
    }
  }
}
