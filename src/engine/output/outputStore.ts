import { constants } from 'node:buffer';
import type { Output, StreamName } from '../../protocol/output.js';
import { SpillingBytes } from './spillingBytes.js';
import { ExtSessionError } from '../errors.js';
import { OutputCursor, newDecoder, type OutputEntry } from './outputCursor.js';
import { type StreamIndex, streamNames } from './streamMerger.js';
import { UnreadOutputs } from './unreadOutputs.js';

/**
 * Everything that a command produced: bytes exactly as written, and outputs in order. Only decodes what is requested.
 */
export class OutputStore {
  readonly #logs = [new SpillingBytes(), new SpillingBytes()] as const;
  readonly #entries: OutputEntry[] = [];
  /** One reader for those who follow the output, one for those who request everything. */
  readonly #following = new OutputCursor(this.#entries, this.#logs);
  readonly #collecting = new OutputCursor(this.#entries, this.#logs);
  readonly #collected: Output[] = [];
  readonly #readers = new Set<UnreadOutputs>();

  append(stream: StreamIndex, bytes: Uint8Array): void {
    const log = this.#logs[stream];
    const start = log.length;
    log.append(bytes);
    const last = this.#entries.at(-1);
    if (last && 'stream' in last && last.stream === stream) last.end = log.length;
    else this.#entries.push({ stream, start, end: log.length });
    for (const reader of this.#readers) reader.add({ stream, start, end: log.length });
  }

  add(output: Output): void {
    this.#entries.push({ output });
    for (const reader of this.#readers) reader.add({ output });
  }

  /** A reader at its own pace: everything so far, then what arrives, until `close`. */
  open(): UnreadOutputs {
    const reader = new UnreadOutputs(this.#logs);
    for (const entry of this.#entries) reader.add(entry);
    this.#readers.add(reader);
    return reader;
  }

  close(reader: UnreadOutputs): void {
    this.#readers.delete(reader);
  }

  /** Wakes waiting readers, because there may be no more output. */
  notify(): void {
    for (const reader of this.#readers) reader.notify();
  }

  /** Replaces the displays with the id of `output`. False if there are none. */
  replace(output: Output & { type: 'display_data' }): boolean {
    const isShown = (one: Output): boolean => one.type === 'display_data' && one.displayId === output.displayId;
    let found = false;
    for (const entry of this.#entries) {
      if (!('output' in entry) || !isShown(entry.output)) continue;
      entry.output = output;
      found = true;
    }
    this.#collected.forEach((one, index) => {
      if (isShown(one)) this.#collected[index] = output;
    });
    if (found) for (const reader of this.#readers) reader.add({ output: { ...output, update: true } });
    return found;
  }

  /** Removes the outputs; the bytes are kept. */
  clear(): void {
    this.#entries.length = this.#collected.length = 0;
    this.#following.rewind();
    this.#collecting.rewind();
  }

  /** @throws ExtSessionError with code OUTPUT_TOO_LARGE if they do not fit into one array. */
  bytes(stream: StreamName): Uint8Array {
    const log = this.#logs[streamNames.indexOf(stream) as StreamIndex];
    if (log.length > constants.MAX_LENGTH) throw tooLarge(stream);
    return Buffer.concat([...log.views()]);
  }

  /**
   * All text of a stream. Bytes that are not UTF-8 become U+FFFD; `bytes` has the original.
   * @throws ExtSessionError with code OUTPUT_TOO_LARGE if it does not fit into one string.
   */
  text(stream: StreamName): string {
    const log = this.#logs[streamNames.indexOf(stream) as StreamIndex];
    if (log.length > constants.MAX_STRING_LENGTH) throw tooLarge(stream);
    const decoder = newDecoder();
    let text = '';
    for (const view of log.views()) text += decoder.decode(view, { stream: true });
    return text + decoder.decode();
  }

  /** All outputs so far; adjacent text of one stream is one output. */
  get outputs(): readonly Output[] {
    for (const output of this.#collecting.read()) this.#collect(output);
    return this.#collected;
  }

  /** What has arrived since the last call; an incomplete character at the end waits for its rest. */
  advance(): Output[] {
    return this.#following.read();
  }

  /** The streams have ended: returns the remaining incomplete characters, as U+FFFD. */
  flush(): Output[] {
    return [...this.#following.read(), ...this.#following.flush()];
  }

  #collect(output: Output): void {
    const last = this.#collected.at(-1);
    if (output.type === 'stream' && last?.type === 'stream' && last.name === output.name) {
      if (last.text.length + output.text.length > constants.MAX_STRING_LENGTH) throw tooLarge(output.name);
      this.#collected[this.#collected.length - 1] = { ...last, text: last.text + output.text };
    } else {
      this.#collected.push(output);
    }
  }
}

function tooLarge(stream: StreamName): ExtSessionError {
  return new ExtSessionError(
    'OUTPUT_TOO_LARGE',
    `${stream} is too large for one string. Read it as it arrives: use onDidReceiveOutput, or iterate over the results.`,
  );
}
