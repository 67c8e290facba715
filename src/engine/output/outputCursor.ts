import type { Output } from '../../protocol/output.js';
import type { SpillingBytes } from './spillingBytes.js';
import { type StreamIndex, streamNames } from './streamMerger.js';

/** A run of bytes of one stream, or an output that is not text. */
export type OutputEntry = { stream: StreamIndex; start: number; end: number } | { readonly output: Output };

type Decoder = InstanceType<typeof TextDecoder>;

/** A reader of a command's outputs, which decodes each byte once and does not keep the text. */
export class OutputCursor {
  readonly #entries: readonly OutputEntry[];
  readonly #logs: readonly [SpillingBytes, SpillingBytes];

  readonly #decoders: [Decoder?, Decoder?] = [];
  #entry = 0;
  #offset = 0;

  constructor(entries: readonly OutputEntry[], logs: readonly [SpillingBytes, SpillingBytes]) {
    this.#entries = entries;
    this.#logs = logs;
  }

  /** What has arrived since the last read; an incomplete character at the end waits for its rest. */
  read(): Output[] {
    const fresh: Output[] = [];
    for (;;) {
      const entry = this.#entries[this.#entry];
      if (!entry) return fresh;
      if ('output' in entry) fresh.push(entry.output);
      else {
        const text = this.#decode(entry.stream, entry.start + this.#offset, entry.end);
        if (text) fresh.push({ type: 'stream', name: streamNames[entry.stream], text });
        this.#offset = entry.end - entry.start;
        if (this.#entry === this.#entries.length - 1) return fresh; // it can still grow
      }
      this.#entry++;
      this.#offset = 0;
    }
  }

  /** All entries were removed; the next one is the first again. */
  rewind(): void {
    this.#entry = this.#offset = 0;
  }

  /** The streams have ended: returns the remaining incomplete characters, as U+FFFD. */
  flush(): Output[] {
    return ([0, 1] as const).flatMap((stream) => {
      const text = this.#decoders[stream]?.decode();
      return text ? [{ type: 'stream' as const, name: streamNames[stream], text }] : [];
    });
  }

  #decode(stream: StreamIndex, start: number, end: number): string {
    const decoder = (this.#decoders[stream] ??= newDecoder());
    let text = '';
    for (const view of this.#logs[stream].views(start, end)) text += decoder.decode(view, { stream: true });
    return text;
  }
}

/** U+FEFF is output like any other character. */
export function newDecoder(): Decoder {
  return new TextDecoder('utf-8', { ignoreBOM: true });
}
