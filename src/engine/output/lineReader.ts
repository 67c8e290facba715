import { StringDecoder } from 'node:string_decoder';
import type { StreamName } from '../../protocol/output.js';
import { Queue } from './queue.js';
import { ByteQueue } from './byteQueue.js';
import { ExtSessionError } from '../errors.js';
import { type StreamIndex, streamNames } from './streamMerger.js';

/** A line without its line ending, and the command that wrote it. */
export interface OutputLine {
  /** The id of the command, as in `ExtResults.id`. */
  readonly id: number;
  readonly stream: StreamName;
  readonly text: string;
}

/** The number of unread bytes before the oldest lines are dropped. */
const UNREAD_BYTES = 16 << 20;
/** At least this much is dropped at a time, so that a slow reader is not notified for each line. */
const DROPPED_BYTES = 1 << 20;
/** The cost of a chunk in addition to its bytes, which limits the number of chunks. */
const CHUNK_COST = 128;
/** The number of bytes that are split into lines at a time. */
const PIECE = 1 << 16;

/** What a stream of a command wrote without other output in between. */
interface Chunk {
  readonly id: number;
  readonly stream: StreamIndex;
  /** In bytes. */
  length: number;
  /** Whether that stream has ended. */
  readonly isLast: boolean;
}

/** The start of a line whose rest has not arrived yet. */
interface Partial {
  readonly id: number;
  readonly stream: StreamIndex;
  readonly decoder: StringDecoder;
  text: string;
}

/**
 * The whole lines of all commands, in the order in which they were completed. Keeps bytes, and splits them into lines
 * on reading, so that it costs little if nobody reads.
 */
export class LineReader {
  readonly #chunks = new Queue<Chunk>();
  readonly #bytes = new ByteQueue();
  #lost = 0;
  #ended: Error | undefined;
  readonly #lines = new Queue<OutputLine>();
  readonly #partial = new Map<string, Partial>();
  /** Whether lines are kept although nobody waits for one. */
  #keepsUnread: boolean;
  readonly #readers: { resolve: (line: OutputLine) => void; reject: (error: Error) => void }[] = [];

  /** With `keepsUnread`, lines are kept from the start, otherwise from the first `read` on. */
  constructor({ keepsUnread }: { readonly keepsUnread: boolean }) {
    this.#keepsUnread = keepsUnread;
  }

  /** Copies the bytes. */
  append(id: number, stream: StreamIndex, bytes: Uint8Array): void {
    if (!this.#keepsUnread) return;
    this.#bytes.push(bytes);
    const { last } = this.#chunks;
    if (last?.id === id && last.stream === stream && !last.isLast) last.length += bytes.length;
    else this.#chunks.push({ id, stream, length: bytes.length, isLast: false });
    this.#cameIn();
  }

  /** The command has no more output; a last line without an ending now counts as a line. */
  close(id: number): void {
    if (!this.#keepsUnread) return;
    for (const stream of [0, 1] as const) this.#chunks.push({ id, stream, length: 0, isLast: true });
    this.#cameIn();
  }

  /** The process is gone: everyone who waits for a line gets the reason. */
  end(reason: Error): void {
    this.#ended = reason;
    this.#serve();
  }

  /** There is a process again. */
  reopen(): void {
    this.#ended = undefined;
  }

  /** @throws ExtSessionError with code OUTPUT_TOO_LARGE, once, if lines were dropped; the reason given to `end`. */
  read(): Promise<OutputLine> {
    this.#keepsUnread = true;
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

  /** Splits the first chunk, or its start, into lines. */
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

  /** Removes at most `size` bytes of the first chunk, and the chunk if they were its last. */
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
