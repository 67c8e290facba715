import { constants } from 'node:buffer';
import type { Output, StreamName } from '../../protocol/output.js';
import { ResultsDisposedError } from '../errors.js';
import { CollectedOutputs, outputTooLarge } from './collectedOutputs.js';
import { KeptDisplay, sizeOf, type Display } from './keptDisplay.js';
import type { OutputAccount, OutputBudget, Spillable } from './outputBudget.js';
import { OutputCursor, newDecoder, type OutputEntry } from './outputCursor.js';
import { SpillingBytes } from './spillingBytes.js';
import { type StreamIndex, streamNames } from './streamMerger.js';
import { UnreadOutputs } from './unreadOutputs.js';

/**
 * Everything that a command produced: bytes exactly as written, and outputs in order. Only decodes what is requested.
 * After `dispose`, it is empty, and reading throws ExtSessionError with code RESULTS_DISPOSED.
 */
export class OutputStore implements Spillable {
  readonly #account: OutputAccount;
  readonly #logs: readonly [SpillingBytes, SpillingBytes];
  readonly #entries: OutputEntry[] = [];
  /** For those who follow the output. */
  readonly #following: OutputCursor;
  #collected: CollectedOutputs | undefined;
  readonly #readers = new Set<UnreadOutputs>();
  #isDisposed = false;

  constructor(budget: OutputBudget) {
    this.#account = budget.open(this);
    this.#logs = [new SpillingBytes(this.#account), new SpillingBytes(this.#account)];
    this.#following = new OutputCursor(this.#entries, this.#logs);
  }

  /** Copies the bytes. False if some are lost, because there is no room in memory and none on disk. */
  append(stream: StreamIndex, bytes: Uint8Array): boolean {
    if (this.#isDisposed) return true;
    const log = this.#logs[stream];
    const start = log.length;
    const isWhole = log.append(bytes);
    const last = this.#entries.at(-1);
    if (last && 'stream' in last && last.stream === stream) last.end = log.length;
    else this.#entries.push({ stream, start, end: log.length });
    for (const reader of this.#readers) reader.add({ stream, start, end: log.length });
    return isWhole;
  }

  /** False if it is lost, because there is no room in memory and none on disk. */
  add(output: Output): boolean {
    if (this.#isDisposed) return true;
    if (output.type === 'display_data' && !this.#account.makeRoom(sizeOf(output.data))) return false;
    const entry = output.type === 'display_data' ? new KeptDisplay(output, this.#account) : { output };
    this.#entries.push(entry);
    for (const reader of this.#readers) reader.add(entry);
    return true;
  }

  /** A reader at its own pace: everything so far, then what arrives, until `close`. */
  open(): UnreadOutputs {
    this.#mustBeReadable();
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
  replace(output: Display): boolean {
    let found = false;
    for (const [index, entry] of this.#entries.entries()) {
      if (!(entry instanceof KeptDisplay) || entry.displayId !== output.displayId) continue;
      entry.forget();
      this.#entries[index] = new KeptDisplay(output, this.#account);
      found = true;
    }
    this.#collected?.replace(output);
    if (found) for (const reader of this.#readers) reader.add({ output: { ...output, update: true } });
    return found;
  }

  /** Removes the outputs; the bytes are kept. */
  clear(): void {
    for (const entry of this.#entries) if (entry instanceof KeptDisplay) entry.forget();
    this.#entries.length = 0;
    this.#following.rewind();
    this.#collected?.clear();
  }

  /** @throws ExtSessionError with code OUTPUT_TOO_LARGE if they do not fit into one array. */
  bytes(stream: StreamName): Uint8Array {
    this.#mustBeReadable();
    const log = this.#logs[streamNames.indexOf(stream) as StreamIndex];
    if (log.length > constants.MAX_LENGTH) throw outputTooLarge(stream);
    return Buffer.concat([...log.views()]);
  }

  /**
   * All text of a stream. Bytes that are not UTF-8 become U+FFFD; `bytes` has the original.
   * @throws ExtSessionError with code OUTPUT_TOO_LARGE if it does not fit into one string.
   */
  text(stream: StreamName): string {
    this.#mustBeReadable();
    const log = this.#logs[streamNames.indexOf(stream) as StreamIndex];
    if (log.length > constants.MAX_STRING_LENGTH) throw outputTooLarge(stream);
    const decoder = newDecoder();
    let text = '';
    for (const view of log.views()) text += decoder.decode(view, { stream: true });
    return text + decoder.decode();
  }

  /** All outputs so far; adjacent text of one stream is one output. */
  get outputs(): readonly Output[] {
    this.#mustBeReadable();
    this.#collected ??= new CollectedOutputs(new OutputCursor(this.#entries, this.#logs), this.#account);
    const outputs = this.#collected.read();
    if (this.#account.isOverdrawn) this.#forgetCollected();
    return outputs;
  }

  /** What has arrived since the last call; an incomplete character at the end waits for its rest. */
  advance(): Output[] {
    return this.#following.read();
  }

  spill(bytes: number): void {
    const enough = this.#account.held - bytes;
    this.#forgetCollected();
    for (const log of this.#logs) log.spill(this.#account.held - enough);
    for (const entry of this.#entries) {
      if (this.#account.held <= enough) return;
      if (entry instanceof KeptDisplay) entry.spill();
    }
  }

  /** Gives back its memory, and its space on disk. What comes later is dropped. Idempotent. */
  dispose(): void {
    this.#isDisposed = true;
    this.#collected = undefined;
    this.#entries.length = 0;
    for (const log of this.#logs) log.clear();
    this.#account.close();
    this.#following.rewind();
    for (const reader of this.#readers) reader.fail(new ResultsDisposedError());
    this.#readers.clear();
  }

  /** The streams have ended: returns the remaining incomplete characters, as U+FFFD. */
  flush(): Output[] {
    return this.#isDisposed ? [] : [...this.#following.read(), ...this.#following.flush()];
  }

  /** The text of `outputs` is decoded again when it is needed. */
  #forgetCollected(): void {
    this.#collected?.release();
    this.#collected = undefined;
  }

  #mustBeReadable(): void {
    if (this.#isDisposed) throw new ResultsDisposedError();
  }
}
