import { closeSync, constants, openSync, writeSync } from 'node:fs';
import type { Pair, PairMaker } from './pair.js';

/** The maximum time for the host to create a pipe in advance. */
const PATIENCE_MS = 5000;
const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * The pairs on Windows: named pipes that the host has already created, `ADDRESS-N.0` and `ADDRESS-N.1`. It reads only
 * from one that begins with the token.
 */
export class NamedPipes implements PairMaker {
  readonly #address: string;
  readonly #token: string;

  #taken = 0;

  constructor(address: string, token: string) {
    this.#address = address;
    this.#token = token;
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  take(): Pair {
    const number = ++this.#taken;
    return new PipePair(number, [this.#open(number, 0), this.#open(number, 1)]);
  }

  /** Node never closes descriptors 1 and 2 on Windows, so that they lead nowhere. */
  takeForNobody(): Pair {
    return this.take();
  }

  #open(number: number, stream: 0 | 1): number {
    const descriptor = openPipe(`${this.#address}-${String(number)}.${String(stream)}`);
    writeSync(descriptor, this.#token);
    return descriptor;
  }
}

class PipePair implements Pair {
  #open = true;

  constructor(
    readonly number: number,
    readonly writeEnds: readonly [number, number],
  ) {}

  get isOpen(): boolean {
    return this.#open;
  }

  leaveToHost(): void {
    return; // nobody else can read it
  }

  retire(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const descriptor of this.writeEnds) closeSync(descriptor);
  }
}

function openPipe(name: string): number {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return openSync(name, constants.O_WRONLY);
    } catch (error) {
      if (Date.now() > end) throw error;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}
