import type { KeptPair } from '../../../engine/supervised/attachment.js';

const LEAD = 0x1e;
const DIGITS = 16;

/** Of each stream, the start of a marker whose rest has not been read, and the number of the last collected text. */
export class MarkerTails {
  readonly #marker: string;
  readonly #token: Buffer;
  readonly #collected: Buffer;
  readonly #size: number;
  readonly #tails = new Map<number, Buffer>();
  readonly #pieces = new Map<number, number>();

  constructor(marker: string) {
    this.#marker = marker;
    this.#token = Buffer.from(`\x1e${marker}`, 'latin1');
    this.#collected = Buffer.from(`\x1e${marker}L`, 'latin1');
    this.#size = this.#collected.length + DIGITS;
  }

  copy(): MarkerTails {
    const other = new MarkerTails(this.#marker);
    for (const [stream, tail] of this.#tails) other.#tails.set(stream, tail);
    for (const [stream, number] of this.#pieces) other.#pieces.set(stream, number);
    return other;
  }

  push(stream: number, chunk: Buffer): void {
    const tail = this.#tails.get(stream);
    if (tail) this.#tails.delete(stream);
    const bytes = tail ? Buffer.concat([tail, chunk]) : chunk;
    if (!bytes.includes(LEAD)) return;
    const at = bytes.lastIndexOf(this.#collected, bytes.length - this.#size);
    if (at >= 0 && at + this.#size <= bytes.length) {
      this.#pieces.set(stream, Number(bytes.toString('latin1', at + this.#collected.length, at + this.#size)));
    }
    this.#keepTail(stream, bytes);
  }

  ofPair(pair: number): Pick<KeptPair, 'tails' | 'pieces'> {
    const tail = (stream: number): string => this.#tails.get(stream)?.toString('latin1') ?? '';
    const piece = (stream: number): number => this.#pieces.get(stream) ?? 0;
    return {
      tails: [tail(2 * pair), tail(2 * pair + 1)],
      pieces: [piece(2 * pair), piece(2 * pair + 1)],
    };
  }

  end(stream: number): void {
    this.#tails.delete(stream);
  }

  forget(pair: number): void {
    for (const stream of [2 * pair, 2 * pair + 1]) {
      this.#tails.delete(stream);
      this.#pieces.delete(stream);
    }
  }

  #keepTail(stream: number, bytes: Buffer): void {
    let at = bytes.indexOf(LEAD, Math.max(0, bytes.length - this.#size + 1));
    for (; at >= 0; at = bytes.indexOf(LEAD, at + 1)) {
      const rest = bytes.subarray(at);
      const length = Math.min(rest.length, this.#token.length);
      if (!rest.subarray(0, length).equals(this.#token.subarray(0, length))) continue;
      this.#tails.set(stream, Buffer.from(rest));
      return;
    }
  }
}
