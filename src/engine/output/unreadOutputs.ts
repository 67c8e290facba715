import type { Output } from '../../protocol/output.js';
import { Queue } from './queue.js';
import type { SpillingBytes } from './spillingBytes.js';
import { type OutputEntry, newDecoder } from './outputCursor.js';
import { type StreamIndex, streamNames } from './streamMerger.js';

/** The maximum number of bytes that become one piece of text. */
const PIECE = 1 << 20;

type Text = Extract<OutputEntry, { stream: StreamIndex }>;

/**
 * What a reader still has to read of a command's outputs. It does not hold text, only positions in the logs, which are
 * moved to disk as they grow, so a slow reader needs hardly any memory.
 */
export class UnreadOutputs {
  readonly #logs: readonly [SpillingBytes, SpillingBytes];

  readonly #entries = new Queue<OutputEntry>();
  readonly #decoders = [newDecoder(), newDecoder()] as const;
  #wake: (() => void) | undefined;
  #failure: Error | undefined;

  constructor(logs: readonly [SpillingBytes, SpillingBytes]) {
    this.#logs = logs;
  }

  add(entry: OutputEntry): void {
    const { last } = this.#entries;
    if ('stream' in entry && last && 'stream' in last && last.stream === entry.stream && last.end === entry.start) {
      last.end = entry.end;
    } else {
      this.#entries.push('stream' in entry ? { ...entry } : entry);
    }
    this.notify();
  }

  /** Ends a wait, because there may be no more output. */
  notify(): void {
    this.#wake?.();
  }

  /** There is nothing to read any more, for this reason. */
  fail(reason: Error): void {
    this.#failure = reason;
    this.notify();
  }

  /**
   * The next output; undefined if there is none yet. An incomplete character waits for its rest.
   * @throws the reason given to `fail`.
   */
  take(): Output | undefined {
    if (this.#failure) throw this.#failure;
    for (let entry = this.#entries.first; entry; entry = this.#entries.first) {
      if ('output' in entry) {
        this.#entries.shift();
        return entry.output;
      }
      const text = this.#decode(entry);
      if (text) return { type: 'stream', name: streamNames[entry.stream], text };
    }
    return undefined;
  }

  /** Resolves when `add` or `notify` is called. */
  wait(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }

  #decode(entry: Text): string {
    const end = Math.min(entry.end, entry.start + PIECE);
    let text = '';
    for (const view of this.#logs[entry.stream].views(entry.start, end)) {
      text += this.#decoders[entry.stream].decode(view, { stream: true });
    }
    entry.start = end;
    if (entry.start === entry.end) this.#entries.shift();
    return text;
  }
}
