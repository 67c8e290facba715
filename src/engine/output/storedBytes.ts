import { readSync } from 'node:fs';
import { ExtSessionError } from '../errors.js';

/** A file whose bytes stay where they are as long as somebody needs them. */
export interface StoredFile {
  /** A copy of the bytes. @throws ExtSessionError with code OUTPUT_LOST if they cannot be read. */
  read(offset: number, length: number): Buffer;
  /** So many more of the bytes are needed. */
  keep(bytes: number): void;
  /** So many of the bytes are not needed any more. */
  release(bytes: number): void;
}

export interface StoredPlace {
  readonly file: StoredFile;
  readonly offset: number;
}

const places = new WeakMap<ArrayBufferLike, StoredPlace>();

/**
 * The buffer, which has its memory for itself, now contains what is there: who receives a view need not write it again.
 */
export function setStoredPlace(buffer: Buffer, place: StoredPlace): void {
  places.set(buffer.buffer, place);
}

/** Where the bytes are in a file; undefined if they are not. */
export function storedPlaceOf(view: Uint8Array): StoredPlace | undefined {
  const place = places.get(view.buffer);
  return place && { file: place.file, offset: place.offset + view.byteOffset };
}

/** @throws ExtSessionError with code OUTPUT_LOST if the file does not have them. */
export function readStored(descriptor: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  try {
    for (let done = 0; done < length;) {
      const size = readSync(descriptor, bytes, done, length - done, offset + done);
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
