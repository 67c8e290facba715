/** The version of what a supervisor and its host say to each other. */
export const PROTOCOL_VERSION = 2;

/** The kinds of frames from a supervisor: those below 0x20 are in its journal, and count for offsets. */
export const received = {
  hello: 1,
  main: 2,
  side: 3,
  data: 4,
  end: 5,
  left: 6,
  exit: 7,
  printed: 8,
  begin: 9,
  cancelled: 10,
  answered: 11,
  time: 12,
  pong: 13,
  debugger: 14,
  attached: 0x81,
  refused: 0x82,
  /** Stands for some of those, and says where they are in a file. */
  stored: 0x83,
} as const;

/** The kinds of frames to a supervisor. */
export const sent = {
  attach: 0x20,
  submit: 0x21,
  cancel: 0x22,
  interrupt: 0x23,
  toMain: 0x24,
  toSide: 0x25,
  answerInput: 0x26,
  signal: 0x27,
  closePair: 0x28,
  acknowledge: 0x29,
  over: 0x2a,
  kill: 0x2b,
  writeLines: 0x2c,
  ping: 0x2d,
  leadDebuggers: 0x2e,
  toDebugger: 0x2f,
  // To the program that receives a supervisor on another machine:
  begin: 0x30,
  files: 0x31,
  join: 0x32,
} as const;

export const HEADER = 9;
/** Larger than any message that is read. */
const LARGEST = 1 << 30;

export interface SupervisorFrame {
  readonly kind: number;
  readonly stream: number;
  /** Only valid until the next chunk. The bytes of a stream can come in pieces, everything else is whole. */
  readonly payload: Buffer;
  /** How many bytes of the connection end with it. */
  readonly size: number;
  /** Whether the frame ends here. */
  readonly isLast: boolean;
}

/** A message for the worker after what the supervisor must know of it: its length (4 bytes), and that many of JSON. */
export function inEnvelope(envelope: unknown, message: unknown): Buffer {
  const known = Buffer.from(JSON.stringify(envelope));
  const size = Buffer.allocUnsafe(4);
  size.writeUInt32BE(known.length);
  return Buffer.concat([size, known, Buffer.from(JSON.stringify(message))]);
}

/** A frame: kind (1 byte), stream (4), length (4), payload; big-endian. */
export function encodeSupervisorFrame(kind: number, payload: unknown, stream = 0): Buffer {
  const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload));
  const frame = Buffer.allocUnsafe(HEADER + bytes.length);
  writeHeader(frame, 0, kind, stream, bytes.length);
  bytes.copy(frame, HEADER);
  return frame;
}

/** Writes what comes before a payload of that size. */
export function writeHeader(bytes: Buffer, at: number, kind: number, stream: number, size: number): void {
  bytes.writeUInt8(kind, at);
  bytes.writeUInt32BE(stream, at + 1);
  bytes.writeUInt32BE(size, at + 5);
}

/** Splits a byte stream into frames. */
export class SupervisorFrameReader {
  #rest: Buffer[] = [];
  #size = 0;
  /** What is left of a frame that comes in pieces. */
  #piecemeal: { readonly kind: number; readonly stream: number; left: number } | undefined;

  /**
   * `chunk` need not stay as it is after the last frame was taken.
   * @throws RangeError for a frame that is too large.
   */
  *push(chunk: Buffer): Generator<SupervisorFrame, void, undefined> {
    this.#rest.push(chunk);
    this.#size += chunk.length;
    const bytes = this.#joined();
    if (!bytes) {
      this.#rest[this.#rest.length - 1] = Buffer.from(chunk);
      return;
    }
    let at = 0;
    for (;;) {
      const frame = this.#next(bytes, at);
      if (!frame) break;
      at += frame.size;
      yield frame;
    }
    const rest = bytes.subarray(at);
    this.#rest = rest.length > 0 ? [Buffer.from(rest)] : [];
    this.#size = rest.length;
  }

  #next(bytes: Buffer, at: number): SupervisorFrame | undefined {
    const available = bytes.length - at;
    const piecemeal = this.#piecemeal;
    if (piecemeal) {
      if (available === 0) return undefined;
      const size = Math.min(piecemeal.left, available);
      piecemeal.left -= size;
      if (piecemeal.left === 0) this.#piecemeal = undefined;
      return { ...piecemeal, payload: bytes.subarray(at, at + size), size, isLast: piecemeal.left === 0 };
    }
    if (available < HEADER) return undefined;
    const [kind, stream, length] = [bytes.readUInt8(at), bytes.readUInt32BE(at + 1), lengthAt(bytes, at)];
    const isWhole = available >= HEADER + length;
    if (!isWhole && kind !== received.data) return undefined;
    const end = isWhole ? at + HEADER + length : bytes.length;
    if (!isWhole) this.#piecemeal = { kind, stream, left: at + HEADER + length - end };
    return { kind, stream, payload: bytes.subarray(at + HEADER, end), size: end - at, isLast: isWhole };
  }

  /** All that has arrived, once something can be made of it: a large message is put together only once. */
  #joined(): Buffer | undefined {
    const [first] = this.#rest;
    if (first && this.#rest.length > 1 && (first.length < HEADER || this.#size >= HEADER + lengthAt(first, 0))) {
      this.#rest = [Buffer.concat(this.#rest)];
    }
    return this.#rest.length === 1 ? this.#rest[0] : undefined;
  }
}

function lengthAt(bytes: Buffer, at: number): number {
  const length = bytes.readUInt32BE(at + 5);
  if (length > LARGEST) throw new RangeError(`A frame of ${String(length)} bytes is too large.`);
  return length;
}
