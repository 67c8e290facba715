import type { DataIntent, DataWindow } from '../../../src/protocol/data.js';
import type { Span } from './cellBlocks.js';

type Asked = Extract<DataIntent, { type: 'window' }>;
export type Wanted = Omit<Asked, 'type' | 'number'>;

interface UnderWay {
  readonly number: number;
  readonly resolve: (window: DataWindow | undefined) => void;
}

/** Asks for windows, one at a time. */
export class WindowLoader {
  readonly #send: (intent: Asked) => void;
  #number = 0;
  #underWay: UnderWay | undefined;
  /** What is asked for next; a view that has moved on asks for something else instead. */
  readonly #next: (() => void)[] = [];

  constructor(send: (intent: Asked) => void) {
    this.#send = send;
  }

  get isBusy(): boolean {
    return this.#underWay !== undefined;
  }

  /** Resolves with undefined if there is no such window, after the requests before have been answered. */
  async load(wanted: Wanted): Promise<DataWindow | undefined> {
    while (this.#underWay) await new Promise<void>((resolve) => this.#next.push(resolve));
    return new Promise((resolve) => {
      this.#underWay = { number: ++this.#number, resolve };
      this.#send({ type: 'window', number: this.#number, ...wanted });
    });
  }

  receive(number: number, window: DataWindow | undefined): void {
    const asked = this.#underWay;
    if (asked?.number !== number) return;
    this.#underWay = undefined;
    asked.resolve(window);
    this.#next.shift()?.();
  }
}

/** A part of what there is, with some more on both sides, so that a small step needs no request. */
export function around([from, to]: Span, size: number, more: number): [number, number] {
  return [Math.max(0, from - more), Math.min(size, to + more)];
}
