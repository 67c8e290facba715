import { readSync, writeSync } from 'node:fs';

/** The word of the host that our reports begin with: others may print here too. */
declare const NONCE: string;

const HEADER = 9;
const LARGEST = 1 << 26;

export interface Frame {
  readonly kind: number;
  readonly payload: Buffer;
}

/** Tells the host how we get on. */
export function say(word: string, text = ''): void {
  const line = Buffer.from(`${`${NONCE} ${word} ${text.replaceAll('\n', ' ')}`.trimEnd()}\n`);
  for (let at = 0; at < line.length;) at += writeSync(1, line, at);
}

/** @throws RangeError for one that is too large, Error if the host has gone. */
export function readFrame(): Frame {
  const head = readExactly(HEADER);
  const size = head.readUInt32BE(5);
  if (size > LARGEST) throw new RangeError(`a frame of ${String(size)} bytes`);
  return { kind: head.readUInt8(0), payload: readExactly(size) };
}

/** Not a byte more: what follows belongs to the session. */
function readExactly(size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  for (let at = 0; at < size;) {
    const got = readSync(0, bytes, at, size - at, null);
    if (got === 0) throw new Error('The host has gone.');
    at += got;
  }
  return bytes;
}
