/**
 * The markers that a worker writes into a command's streams: `S` at each change of stream, `D` at a display, `L` before
 * text that was in the session's text file, `E` at the end of the command.
 */
export type MarkerKind = 'S' | 'D' | 'L' | 'E';

const isMarkerKind = (kind: string): kind is MarkerKind => /^[SDLE]$/.test(kind);

export interface MarkedSink {
  data(bytes: Buffer): void;
  marker(kind: MarkerKind, number: number): void;
}

const DIGITS = 16;
/** Rare in text, so that the end of a chunk rarely looks like the start of a marker. */
const LEAD = '\x1e';
const LEAD_BYTE = 0x1e;

/**
 * Separates the output of a command from the markers in it. A marker is U+001E, the session's random token, a letter
 * and 16 digits, and can be split at any byte. The bytes passed on are views of the chunk: the sink copies what it
 * keeps.
 */
export class StreamMarkerParser {
  readonly #token: Buffer;
  readonly #length: number;
  #tail: Buffer | undefined;
  readonly #sink: MarkedSink;

  constructor(token: string, sink: MarkedSink) {
    this.#sink = sink;
    this.#token = Buffer.from(LEAD + token, 'latin1');
    this.#length = this.#token.length + 1 + DIGITS;
  }

  push(chunk: Buffer): void {
    let bytes = chunk;
    if (this.#tail) {
      bytes = Buffer.concat([this.#tail, chunk]);
      this.#tail = undefined;
    }
    let position = 0;
    while (position < bytes.length) {
      const found = bytes.indexOf(this.#token, position);
      if (found < 0) {
        this.#keepTail(bytes, position);
        return;
      }
      if (found > position) this.#sink.data(bytes.subarray(position, found));
      if (found + this.#length > bytes.length) {
        this.#tail = Buffer.from(bytes.subarray(found));
        return;
      }
      position = this.#read(bytes, found);
    }
  }

  /** Everything that was written has been read, so what looked like the start of a marker was not one. */
  flush(): void {
    const tail = this.#tail;
    this.#tail = undefined;
    if (tail) this.#sink.data(tail);
  }

  #read(bytes: Buffer, found: number): number {
    const at = found + this.#token.length;
    const kind = String.fromCharCode(bytes[at] ?? 0);
    const digits = bytes.toString('latin1', at + 1, found + this.#length);
    if (isMarkerKind(kind) && /^\d+$/.test(digits)) {
      this.#sink.marker(kind, Number(digits));
      return found + this.#length;
    }
    this.#sink.data(bytes.subarray(found, at)); // a look-alike: the user's code printed the token
    return at;
  }

  #keepTail(bytes: Buffer, position: number): void {
    const cut = this.#partialToken(bytes, position);
    if (cut > position) this.#sink.data(bytes.subarray(position, cut));
    if (cut < bytes.length) this.#tail = Buffer.from(bytes.subarray(cut));
  }

  /** The start of a token that is cut off by the end of the chunk, or the length of the chunk if there is none. */
  #partialToken(bytes: Buffer, position: number): number {
    for (let start = Math.max(position, bytes.length - this.#token.length + 1); start < bytes.length; start++) {
      if (bytes[start] === LEAD_BYTE && bytes.compare(this.#token, 0, bytes.length - start, start) === 0) return start;
    }
    return bytes.length;
  }
}
