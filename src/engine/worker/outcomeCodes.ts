import type { Outcome } from '../../protocol/output.js';
import { Queue } from '../output/queue.js';

/** How a command ended, in one word: DONE is success, DIED the end of its process. */
export type Code = 'DONE' | 'ERROR' | 'INTERRUPTED' | 'CANCELLED' | 'DIED';

/** How a command, with the id of `ExtResults.id`, ended. */
export interface CompletionCode {
  readonly id: number;
  readonly code: Code;
}

const codes: Readonly<Record<Outcome['status'], Code>> = {
  ok: 'DONE',
  error: 'ERROR',
  interrupted: 'INTERRUPTED',
  cancelled: 'CANCELLED',
  died: 'DIED',
};

/** The number of codes that wait for a reader; older ones are dropped. */
const KEPT = 100_000;

/**
 * The codes of all commands in the order in which they end. Each goes to all current readers, or waits for the next
 * one.
 */
export class OutcomeCodes {
  #unread = new Queue<CompletionCode>();
  readonly #readers = new Set<Reader>();
  #ended = false;

  add(id: number, { status }: Outcome): void {
    const code = { id, code: codes[status] };
    if (this.#readers.size === 0) this.#keep(code);
    for (const reader of this.#readers) reader.push(code);
  }

  /** The process is gone: readers end after the remaining codes. */
  end(): void {
    this.#ended = true;
    for (const reader of this.#readers) reader.wake();
  }

  /** There is a process again. */
  reopen(): void {
    this.#ended = false;
  }

  async *read(): AsyncGenerator<CompletionCode, void, undefined> {
    const reader = new Reader(this.#unread);
    this.#unread = new Queue();
    this.#readers.add(reader);
    try {
      for (;;) {
        const code = reader.pending.shift();
        if (code) yield code;
        else if (this.#ended) return;
        else await reader.woken();
      }
    } finally {
      this.#readers.delete(reader);
      if (this.#readers.size === 0) this.#unread = reader.pending;
    }
  }

  #keep(code: CompletionCode): void {
    this.#unread.push(code);
    if (this.#unread.length > KEPT) this.#unread.shift();
  }
}

class Reader {
  wake: () => void = () => undefined;

  constructor(readonly pending: Queue<CompletionCode>) {}

  push(code: CompletionCode): void {
    this.pending.push(code);
    this.wake();
  }

  woken(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve));
  }
}
