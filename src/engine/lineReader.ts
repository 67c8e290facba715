import { StringDecoder } from 'node:string_decoder';
import type { StreamName } from '../protocol/output.js';
import { Backlog } from './backlog.js';
import { ExtSessionError } from './errors.js';
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
/** What a chunk costs beside its bytes; it bounds their number too. */
const CHUNK_COST = 128;

interface Chunk {
  readonly id: number;
  readonly stream: StreamIndex;
  /** Undefined: that stream of the command has ended. */
  readonly bytes: Buffer | undefined;
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
  private readonly chunks = new Backlog<Chunk>();
  private unread = 0;
  private lost = 0;
  private ended: Error | undefined;
  private readonly lines = new Backlog<OutputLine>();
  private readonly partial = new Map<string, Partial>();
  private readonly readers: { resolve: (line: OutputLine) => void; reject: (error: Error) => void }[] = [];

  /** Copies the bytes. */
  append(id: number, stream: StreamIndex, bytes: Uint8Array): void {
    this.take({ id, stream, bytes: Buffer.from(bytes) });
  }

  /** Nothing more of that command will come; a last line without its end is a line now. */
  close(id: number): void {
    this.take({ id, stream: 0, bytes: undefined });
    this.take({ id, stream: 1, bytes: undefined });
  }

  /** The process is gone: whoever waits for a line is told why there will be none. */
  end(reason: Error): void {
    this.ended = reason;
    this.serve();
  }

  /** There is a process again. */
  reopen(): void {
    this.ended = undefined;
  }

  /** @throws ExtSessionError with code OUTPUT_TOO_LARGE, once, when lines were dropped; the reason given to `end`. */
  read(): Promise<OutputLine> {
    return new Promise((resolve, reject) => {
      if (this.lost > 0) {
        const megabytes = String(UNREAD_BYTES >> 20);
        const message = `${String(this.lost)} bytes of output were dropped: at most ${megabytes} MiB wait to be read by line. Read on, or read sooner.`;
        this.lost = 0;
        reject(new ExtSessionError('OUTPUT_TOO_LARGE', message));
        return;
      }
      this.readers.push({ resolve, reject });
      this.serve();
    });
  }

  private take(chunk: Chunk): void {
    this.chunks.push(chunk);
    this.unread += cost(chunk);
    if (this.readers.length > 0) this.serve();
    else if (this.unread > UNREAD_BYTES) this.dropOldest();
  }

  private serve(): void {
    while (this.readers.length > 0) {
      const line = this.lines.shift();
      const chunk = line ? undefined : this.chunks.shift();
      if (line) this.readers.shift()?.resolve(line);
      else if (chunk) this.split(chunk);
      else if (!this.ended) return;
      else if (this.partial.size > 0) this.finishPartials();
      else this.readers.shift()?.reject(this.ended);
    }
  }

  private split(chunk: Chunk): void {
    this.unread -= cost(chunk);
    const { id, stream, bytes } = chunk;
    const key = `${String(id)}.${String(stream)}`;
    const partial = this.partial.get(key) ?? { id, stream, decoder: new StringDecoder('utf8'), text: '' };
    if (!bytes) {
      this.partial.delete(key);
      this.finish(partial);
      return;
    }
    this.partial.set(key, partial);
    const [first = '', ...rest] = partial.decoder.write(bytes).split('\n');
    partial.text += first;
    for (const next of rest) {
      this.addLine(partial);
      partial.text = next;
    }
  }

  private finishPartials(): void {
    for (const partial of this.partial.values()) this.finish(partial);
    this.partial.clear();
  }

  private finish(partial: Partial): void {
    partial.text += partial.decoder.end();
    if (partial.text) this.addLine(partial);
  }

  private addLine({ id, stream, text }: Partial): void {
    this.lines.push({ id, stream: streamNames[stream], text: text.endsWith('\r') ? text.slice(0, -1) : text });
  }

  private dropOldest(): void {
    this.partial.clear();
    while (this.unread > UNREAD_BYTES / 2) {
      const chunk = this.chunks.shift();
      if (!chunk) return;
      this.unread -= cost(chunk);
      this.lost += chunk.bytes?.length ?? 0;
    }
  }
}

function cost({ bytes }: Chunk): number {
  return (bytes?.length ?? 0) + CHUNK_COST;
}
