import { StringDecoder } from 'node:string_decoder';
import type { StreamName } from '../../protocol/output.js';
import { Queue } from './queue.js';
import { ByteQueue } from './byteQueue.js';
import { ExtSessionError } from '../errors.js';
import { type StreamIndex, streamNames } from './streamMerger.js';

/** A line without its end, and the command that wrote it. */
export interface OutputLine {
  /** The command's, as in `ExtResults.id`. */
  readonly id: number;
  readonly stream: StreamName;
  readonly text: string;
}

/** How much waits to be read, in bytes, before the oldest lines are dropped. */
export const UNREAD_BYTES = 16 << 20;
/** So much is dropped at a time at least, so that one who reads slowly is not told of each line. */
const DROPPED_BYTES = 1 << 20;
/** What a chunk costs beside its bytes; it bounds their number too. */
const CHUNK_COST = 128;
/** So many bytes become lines at a time. */
const PIECE = 1 << 16;

/** What one stream of a command wrote without another's writing between. */
interface Chunk {
  readonly id: number;
  readonly stream: StreamIndex;
  /** In bytes. */
  length: number;
  /** Nothing more of that stream comes. */
  readonly isLast: boolean;
}

/** The beginning of a line whose rest has not come yet. */
interface Partial {
  readonly id: number;
  readonly stream: StreamIndex;
  readonly decoder: StringDecoder;
  text: string;
}

/**
 * Whole lines of all commands, in the order in which they were completed. Keeps bytes, and makes lines of them when
 * someone reads, so that it costs little where no one does.
 */
export class LineReader {
  readonly #chunks = new Queue<Chunk>();
  readonly #bytes = new ByteQueue();
  #lost = 0;
  #ended: Error | undefined;
  readonly #lines = new Queue<OutputLine>();
  readonly #partial = new Map<string, Partial>();
  readonly #readers: { resolve: (line: OutputLine) => void; reject: (error: Error) => void }[] = [];

  /** Copies the bytes. */
  append(id: number, stream: StreamIndex, bytes: Uint8Array): void {
    this.#bytes.push(bytes);
    const { last } = this.#chunks;
    if (last?.id === id && last.stream === stream && !last.isLast) last.length += bytes.length;
    else this.#chunks.push({ id, stream, length: bytes.length, isLast: false });
    this.#cameIn();
  }

  /** Nothing more of that command will come; a last line without its end is a line now. */
  close(id: number): void {
    for (const stream of [0, 1] as const) this.#chunks.push({ id, stream, length: 0, isLast: true });
    this.#cameIn();
  }

  /** The process is gone: whoever waits for a line is told why there will be none. */
  end(reason: Error): void {
    this.#ended = reason;
    this.#serve();
  }

  /** There is a process again. */
  reopen(): void {
    this.#ended = undefined;
  }

  /** @throws ExtSessionError with code OUTPUT_TOO_LARGE, once, when lines were dropped; the reason given to `end`. */
  read(): Promise<OutputLine> {
    return new Promise((resolve, reject) => {
      if (this.#lost > 0) {
        const megabytes = String(UNREAD_BYTES >> 20);
        const message = `${String(this.#lost)} bytes of output were dropped: at most ${megabytes} MiB are kept for reading by line. Read on, or read sooner.`;
        this.#lost = 0;
        reject(new ExtSessionError('OUTPUT_TOO_LARGE', message));
        return;
      }
      this.#readers.push({ resolve, reject });
      this.#serve();
    });
  }

  #cameIn(): void {
    if (this.#readers.length > 0) this.#serve();
    else this.#dropOldest();
  }

  #serve(): void {
    while (this.#readers.length > 0) {
      const line = this.#lines.shift();
      const chunk = line ? undefined : this.#chunks.first;
      if (line) this.#readers.shift()?.resolve(line);
      else if (chunk) this.#split(chunk);
      else if (!this.#ended) return;
      else if (this.#partial.size > 0) this.#finishPartials();
      else this.#readers.shift()?.reject(this.#ended);
    }
  }

  /** Makes lines of the first chunk, or of its beginning. */
  #split(chunk: Chunk): void {
    const { id, stream, isLast } = chunk;
    const key = `${String(id)}.${String(stream)}`;
    const partial = this.#partial.get(key) ?? { id, stream, decoder: new StringDecoder('utf8'), text: '' };
    const bytes = this.#shift(chunk, PIECE);
    if (isLast) {
      this.#partial.delete(key);
      this.#finish(partial);
      return;
    }
    this.#partial.set(key, partial);
    const [first = '', ...rest] = partial.decoder.write(bytes).split('\n');
    partial.text += first;
    for (const next of rest) {
      this.#addLine(partial);
      partial.text = next;
    }
  }

  /** Takes at most `size` bytes of the first chunk, which goes when they were its last. */
  #shift(chunk: Chunk, size: number): Buffer {
    const bytes = this.#bytes.shift(Math.min(chunk.length, size));
    chunk.length -= bytes.length;
    if (chunk.length === 0) this.#chunks.shift();
    return bytes;
  }

  #finishPartials(): void {
    for (const partial of this.#partial.values()) this.#finish(partial);
    this.#partial.clear();
  }

  #finish(partial: Partial): void {
    partial.text += partial.decoder.end();
    if (partial.text) this.#addLine(partial);
  }

  #addLine({ id, stream, text }: Partial): void {
    this.#lines.push({ id, stream: streamNames[stream], text: text.endsWith('\r') ? text.slice(0, -1) : text });
  }

  #dropOldest(): void {
    if (this.#unread <= UNREAD_BYTES) return;
    this.#partial.clear();
    for (let chunk = this.#chunks.first; chunk; chunk = this.#chunks.first) {
      const excess = this.#unread - (UNREAD_BYTES - DROPPED_BYTES);
      if (excess <= 0) return;
      this.#lost += this.#shift(chunk, excess).length;
    }
  }

  get #unread(): number {
    return this.#bytes.length + this.#chunks.length * CHUNK_COST;
  }
}
