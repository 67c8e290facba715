import type { StreamName } from '../../protocol/output.js';
import { Queue } from './queue.js';
import { NumberedMap } from './numberedMap.js';

export type StreamIndex = 0 | 1;
export const streamNames = ['stdout', 'stderr'] as const satisfies readonly StreamName[];

const other = (stream: StreamIndex): StreamIndex => (stream === 0 ? 1 : 0);

interface Held {
  readonly change: number;
  /** Counts what is held, in the order of arrival. */
  readonly arrival: number;
  readonly bytes: Buffer;
}

/**
 * Merges two streams, and displays that arrive separately, in the order in which they were written. The writer numbers
 * its changes of stream and its displays, and marks each in both streams. Bytes after change N of one stream wait until
 * change N has been read from the other, and bytes after display N wait for the display.
 */
export class StreamMerger {
  readonly #emit: (stream: StreamIndex, bytes: Buffer) => void;

  readonly #reached: [number, number] = [0, 0];
  /** What waits in each stream. The numbers of changes only grow, so what can be released is at the front. */
  readonly #held = [new Queue<Held>(), new Queue<Held>()] as const;
  #arrivals = 0;
  /** Displays whose position has been read, and displays that have arrived; they are shown when both are true. */
  readonly #awaited = new NumberedMap<true>();
  readonly #arrived = new NumberedMap<() => void>();
  #nextDisplay = Infinity;
  #lastShown = 0;

  /** `emit` receives views that are only valid during the call, unless they had to wait. */
  constructor(emit: (stream: StreamIndex, bytes: Buffer) => void) {
    this.#emit = emit;
  }

  data(stream: StreamIndex, bytes: Buffer): void {
    const change = this.#reached[stream];
    if (change > this.#reached[other(stream)] || change >= this.#nextDisplay) {
      this.#held[stream].push({ change, arrival: this.#arrivals++, bytes: Buffer.from(bytes) });
    } else {
      this.#emit(stream, bytes);
    }
  }

  change(stream: StreamIndex, number: number): void {
    this.#reached[stream] = Math.max(number, this.#reached[stream]);
    if (this.#arrived.size + this.#held[0].length + this.#held[1].length > 0) this.#release();
  }

  /** The position of display `number` has been read. */
  place(stream: StreamIndex, number: number): void {
    if (number > this.#lastShown) this.#awaited.set(number, true);
    this.#nextDisplay = this.#awaited.first;
    this.change(stream, number);
  }

  /** Display `number` has arrived: `show` is called when its position is reached. */
  display(number: number, show: () => void): void {
    this.#arrived.set(number, show);
    this.#release();
  }

  /** The writer has finished both streams: nothing waits for the other stream or for a display any more. */
  settle(): void {
    let last = Math.max(...this.#reached);
    for (const number of this.#arrived.numbers()) last = Math.max(last, number);
    this.#reached[0] = this.#reached[1] = last;
    for (const number of this.#awaited.numbers()) if (!this.#arrived.has(number)) this.#awaited.delete(number);
    this.#release();
  }

  #release(): void {
    for (;;) {
      this.#nextDisplay = this.#awaited.first;
      const number = Math.min(this.#nextDisplay, this.#arrived.first);
      this.#releaseBytes(number);
      const show = this.#arrived.get(number);
      if (!show || number > Math.min(...this.#reached)) return;
      this.#arrived.delete(number);
      this.#awaited.delete(number);
      this.#lastShown = number;
      show();
    }
  }

  #releaseBytes(before: number): void {
    for (;;) {
      const [out, err] = [this.#free(0, before), this.#free(1, before)];
      if (!out && !err) return;
      const stream = !err || (out && isBefore(out, err)) ? 0 : 1;
      const taken = this.#held[stream].shift();
      if (taken) this.#emit(stream, taken.bytes);
    }
  }

  /** The first item that waits in a stream, if it can be released. */
  #free(stream: StreamIndex, before: number): Held | undefined {
    const { first } = this.#held[stream];
    return first && first.change <= this.#reached[other(stream)] && first.change < before ? first : undefined;
  }
}

function isBefore(one: Held, two: Held): boolean {
  return one.change < two.change || (one.change === two.change && one.arrival < two.arrival);
}
