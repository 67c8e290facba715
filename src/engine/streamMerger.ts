import type { StreamName } from '../protocol/output.js';

export type StreamIndex = 0 | 1;
export const streamNames = ['stdout', 'stderr'] as const satisfies readonly StreamName[];

const other = (stream: StreamIndex): StreamIndex => (stream === 0 ? 1 : 0);

/** The least of numbers that came in ascending order. */
const first = (numbers: Iterable<number>): number => {
  const [least = Infinity] = numbers;
  return least;
};

interface Held {
  readonly stream: StreamIndex;
  readonly change: number;
  readonly bytes: Buffer;
}

/**
 * Brings two streams, and displays that come another way, into the order in which they were written. The writer numbers its
 * changes of stream and its displays, and marks each in both streams, so bytes behind change N of one stream wait until
 * change N has been read from the other, and bytes behind display N wait for the display.
 */
export class StreamMerger {
  private readonly reached: [number, number] = [0, 0];
  private held: Held[] = [];
  /** Displays whose place has been read, and displays that have come; they are shown when they are both. */
  private readonly awaited = new Set<number>();
  private readonly arrived = new Map<number, () => void>();
  private nextDisplay = Infinity;
  private lastShown = 0;

  /** `emit` gets views that are only valid during the call, unless they had to wait. */
  constructor(private readonly emit: (stream: StreamIndex, bytes: Buffer) => void) {}

  data(stream: StreamIndex, bytes: Buffer): void {
    const change = this.reached[stream];
    if (change > this.reached[other(stream)] || change >= this.nextDisplay) {
      this.held.push({ stream, change, bytes: Buffer.from(bytes) });
    } else {
      this.emit(stream, bytes);
    }
  }

  change(stream: StreamIndex, number: number): void {
    this.reached[stream] = Math.max(number, this.reached[stream]);
    if (this.held.length > 0 || this.arrived.size > 0) this.release();
  }

  /** The place of display `number` has been read. */
  place(stream: StreamIndex, number: number): void {
    if (number > this.lastShown) this.awaited.add(number);
    this.nextDisplay = first(this.awaited);
    this.change(stream, number);
  }

  /** Display `number` has come: `show` is called when its place is reached. */
  display(number: number, show: () => void): void {
    this.arrived.set(number, show);
    this.release();
  }

  /** The writer is done with both: nothing has to wait for the other any more, nor for a display. */
  settle(): void {
    this.reached[0] = this.reached[1] = Math.max(...this.reached, ...this.arrived.keys());
    for (const number of this.awaited) if (!this.arrived.has(number)) this.awaited.delete(number);
    this.release();
  }

  private release(): void {
    for (;;) {
      this.nextDisplay = first(this.awaited);
      const number = Math.min(this.nextDisplay, first(this.arrived.keys()));
      this.releaseBytes(number);
      const show = this.arrived.get(number);
      if (!show || number > Math.min(...this.reached)) return;
      this.arrived.delete(number);
      this.awaited.delete(number);
      this.lastShown = number;
      show();
    }
  }

  private releaseBytes(before: number): void {
    if (this.held.length === 0) return;
    const [free, waiting]: [Held[], Held[]] = [[], []];
    for (const one of this.held) {
      (one.change <= this.reached[other(one.stream)] && one.change < before ? free : waiting).push(one);
    }
    this.held = waiting;
    for (const { stream, bytes } of free.sort((a, b) => a.change - b.change)) this.emit(stream, bytes);
  }
}
