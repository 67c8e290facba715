import type { Attachment } from '../../../engine/supervised/attachment.js';
import { received } from '../../../engine/supervised/frames.js';
import type { WorkerMessage } from '../../../protocol/worker.js';
import type { MarkerTails } from './markerTails.js';

const LARGE = 1 << 14;

export interface JournalFrame {
  readonly kind: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** A worker's message; undefined for a large one that is no reply: all others that matter here are small. */
export function relevant(payload: Buffer): WorkerMessage | undefined {
  if (payload.length > LARGE && !payload.includes('"done"')) return undefined;
  return JSON.parse(payload.toString()) as WorkerMessage;
}

/** What a host must know to go on from some offset of the journal: the sum of all frames before it. */
export class JournalState {
  readonly #tails: MarkerTails;
  /** The open pairs that belong to a command, also after its end. */
  readonly #owners = new Map<number, number>();
  /** The open pairs for late output of a command whose own pair was retired. */
  readonly #late = new Map<number, number>();
  /** The streams that have not ended, by pair. */
  readonly #open = new Map<number, readonly (0 | 1)[]>();
  #next: number | undefined;
  #running: number | undefined;
  #last: number | undefined;
  #hello: unknown = null;

  constructor(tails: MarkerTails) {
    this.#tails = tails;
  }

  get hello(): unknown {
    return this.#hello;
  }

  get running(): number | undefined {
    return this.#running;
  }

  /** Whether the worker waits for a command. */
  get isIdle(): boolean {
    return this.#next !== undefined && this.#running === undefined;
  }

  copy(): JournalState {
    const other = new JournalState(this.#tails.copy());
    for (const [pair, id] of this.#owners) other.#owners.set(pair, id);
    for (const [pair, id] of this.#late) other.#late.set(pair, id);
    for (const [pair, streams] of this.#open) other.#open.set(pair, streams);
    other.#next = this.#next;
    other.#running = this.#running;
    other.#last = this.#last;
    other.#hello = this.#hello;
    return other;
  }

  pairOf(id: number): number | undefined {
    for (const [pair, owner] of this.#owners) if (owner === id) return pair;
    return undefined;
  }

  /** Takes a frame in. `message` is the one in it, if it has already been read. */
  fold({ kind, stream, payload }: JournalFrame, message?: unknown): void {
    switch (kind) {
      case received.data:
        this.#tails.push(stream, payload);
        break;
      case received.main:
      case received.side:
        this.#message((message as WorkerMessage | undefined) ?? relevant(payload));
        break;
      case received.begin: {
        const { id } = JSON.parse(payload.toString()) as { id: number };
        this.#running = this.#last = id;
        if (this.#next !== undefined && this.#open.has(this.#next)) this.#owners.set(this.#next, id);
        break;
      }
      case received.end:
        this.#end(stream);
        break;
      case received.hello:
        this.#hello = JSON.parse(payload.toString());
        break;
    }
  }

  toJSON(): Attachment['state'] {
    const pairs = [...this.#open].map(([number, open]) => ({
      number,
      open: [...open],
      command: this.#owners.get(number) ?? null,
      late: this.#late.get(number) ?? null,
      ...this.#tails.ofPair(number),
    }));
    return { next: this.#next ?? null, running: this.#running ?? null, last: this.#last ?? null, pairs };
  }

  #message(message: WorkerMessage | undefined): void {
    if (message?.t === 'pair') {
      this.#open.set(message.number, [0, 1]);
      if (message.id !== undefined) this.#late.set(message.number, message.id);
    } else if (message?.t === 'ready') {
      this.#next = message.next;
    } else if (message?.t === 'done') {
      this.#next = message.next;
      this.#running = undefined;
    } else if (message?.t === 'closed') {
      for (const [pair, id] of [...this.#owners]) if (id === message.id) this.#owners.delete(pair);
    }
  }

  #end(stream: number): void {
    const pair = stream >> 1;
    const left = this.#open.get(pair)?.filter((index) => index !== (stream & 1));
    this.#tails.end(stream);
    if (!left) return;
    this.#open.set(pair, left);
    if (left.length > 0) return;
    for (const known of [this.#open, this.#owners, this.#late]) known.delete(pair);
    this.#tails.forget(pair);
  }
}
