/** Frames of RFC 6455, section 5, as a server sends and receives them. */

/** Far more than a page of variables, or the source of a script. */
const MAX_MESSAGE = 1 << 28;
const FINAL = 0x80;
const MASKED = 0x80;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const MASK = 4;
const kinds = { continuation: 0, text: 1, close: 8, ping: 9, pong: 10 } as const;

export function encodeText(text: string): Buffer {
  return encode(kinds.text, Buffer.from(text));
}

function encode(kind: number, content: Buffer): Buffer {
  const { length } = content;
  const head = Buffer.alloc(length < LENGTH_16 ? 2 : length < 1 << 16 ? 4 : 10);
  head[0] = FINAL | kind;
  if (head.length === 2) head[1] = length;
  else if (head.length === 4) {
    head[1] = LENGTH_16;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = LENGTH_64;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, content]);
}

export interface FrameHandler {
  readonly text: (text: string) => void;
  /** Sends a frame that answers one. */
  readonly reply: (frame: Buffer) => void;
  readonly close: () => void;
}

/** Splits the bytes of a client into messages, whatever their chunks. Throws Error for what is not the protocol. */
export class FrameParser {
  readonly #handler: FrameHandler;
  #received: Buffer = Buffer.alloc(0);
  /** The frames of a message that is not complete. */
  #parts: Buffer[] = [];
  #size = 0;

  constructor(handler: FrameHandler) {
    this.#handler = handler;
  }

  push(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    while (this.#next());
  }

  #next(): boolean {
    const header = this.#header();
    if (!header || this.#received.length < header.end) return false;
    const { start, end, kind, isFinal } = header;
    const content = unmasked(this.#received.subarray(start, end), this.#received.subarray(start - MASK, start));
    this.#received = this.#received.subarray(end);
    this.#handle(kind, isFinal, content);
    return true;
  }

  #header(): { start: number; end: number; kind: number; isFinal: boolean } | undefined {
    const bytes = this.#received;
    const [first = 0, second = 0] = bytes;
    const short = second & ~MASKED;
    const size = short === LENGTH_64 ? 10 : short === LENGTH_16 ? 4 : 2;
    if (bytes.length < size) return undefined;
    if (!(second & MASKED)) throw new Error('A client must mask its frames.');
    const length = size === 10 ? Number(bytes.readBigUInt64BE(2)) : size === 4 ? bytes.readUInt16BE(2) : short;
    if (this.#size + length > MAX_MESSAGE) throw new Error('The message is too large.');
    const start = size + MASK;
    return { start, end: start + length, kind: first & 0x0f, isFinal: (first & FINAL) !== 0 };
  }

  #handle(kind: number, isFinal: boolean, content: Buffer): void {
    if (kind === kinds.close) this.#handler.close();
    else if (kind === kinds.ping) this.#handler.reply(encode(kinds.pong, content));
    else if (kind === kinds.text || kind === kinds.continuation) {
      this.#parts.push(content);
      this.#size += content.length;
      if (!isFinal) return;
      const text = Buffer.concat(this.#parts).toString();
      this.#parts = [];
      this.#size = 0;
      this.#handler.text(text);
    }
  }
}

function unmasked(content: Buffer, mask: Buffer): Buffer {
  return content.map((byte, at) => byte ^ (mask[at % MASK] ?? 0)) as Buffer;
}
