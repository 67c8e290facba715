/** The largest frame that is read: large enough for a value of 256 MB in base64. */
const MAX_FRAME = 1 << 29;
const HEADER = 4;

/** A message in the format of the channels: a 4-byte big-endian length, then that many bytes of JSON. */
export function encodeFrame(message: unknown): Buffer {
  const text = JSON.stringify(message);
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(HEADER + length);
  frame.writeUInt32BE(length, 0);
  frame.write(text, HEADER);
  return frame;
}

/** Splits a byte stream into frames, whatever its chunks. Throws RangeError for a frame that is too large. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;
  /** The largest next frame, in bytes. */
  #limit: number;

  /** The first frame can have a limit of its own. */
  constructor({ firstAtMost = MAX_FRAME } = {}) {
    this.#limit = firstAtMost;
  }

  push(chunk: Buffer): unknown[] {
    return this.split(chunk).map((message) => JSON.parse(message.toString()) as unknown);
  }

  /** The messages as they are. */
  split(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const messages: Buffer[] = [];
    for (;;) {
      const length = this.#frameLength();
      if (length === undefined || this.#size < HEADER + length) return messages;
      const all = this.#join();
      messages.push(all.subarray(HEADER, HEADER + length));
      this.#limit = MAX_FRAME;
      const rest = all.subarray(HEADER + length);
      this.#chunks = rest.length > 0 ? [rest] : [];
      this.#size = rest.length;
    }
  }

  #frameLength(): number | undefined {
    if (this.#size < HEADER) return undefined;
    if ((this.#chunks[0]?.length ?? 0) < HEADER) this.#join();
    const length = this.#chunks[0]?.readUInt32BE(0) ?? 0;
    if (length > this.#limit)
      throw new RangeError(`A frame of ${String(length)} bytes is larger than ${String(this.#limit)}.`);
    return length;
  }

  #join(): Buffer {
    const only = this.#chunks[0];
    if (only && this.#chunks.length === 1) return only;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}
