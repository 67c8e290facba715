import { received } from '../../../engine/supervised/frames.js';
import type { WorkerMessage } from '../../../protocol/worker.js';
import { Journal } from './journal.js';
import { JournalState } from './journalState.js';
import { MarkerTails } from './markerTails.js';
import type { Orders } from './orders.js';
import { Requests } from './requests.js';
import { SendWindow } from './sendWindow.js';

/** Blocks that stay in memory for a host on another machine: more than any window. */
const IN_MEMORY = 6;
/** What is read at once when more follows. */
export const MUCH_AT_ONCE = 1 << 16;
/**
 * What a stream delivers so soon after the last of it waits a little for what follows: a program prints line by line.
 */
const NEXT_LINE_MS = 1;

export interface Pace {
  /** Whether the writers of the commands' streams go on. */
  readonly streams: boolean;
  readonly channels: boolean;
}

/** What came of the requests, until a host has it, and what hosts have left for later. */
export class KeptOutput {
  readonly #pace: (pace: Pace) => void;
  #stored = 0;
  #processed = 0;
  #isAttached = false;
  #reads = true;
  #givesUp = false;
  #due = 0;
  #hurriedAt = 0;
  readonly #hasOneHost: boolean;

  readonly window: SendWindow;
  readonly journal: Journal;
  readonly requests = new Requests();
  /** The lines of input that are written ahead. */
  readonly lines: string[] = [];
  /** Called when there is more. */
  hasMore: () => void = () => undefined;

  /** `pace` is called when that changes; everything goes on at first. */
  constructor({ directory, marker, journalBytes, window, endsWithHost = false }: Orders, pace: (pace: Pace) => void) {
    this.#pace = pace;
    this.#hasOneHost = endsWithHost;
    this.window = new SendWindow(window);
    const state = new JournalState(new MarkerTails(marker));
    const inMemory = window === undefined ? 0 : IN_MEMORY;
    this.journal = new Journal({ directory, state, limit: journalBytes, inMemory });
  }

  get isAttached(): boolean {
    return this.#isAttached;
  }

  /** Whether the writers of the commands' streams go on. */
  get reads(): boolean {
    return this.#reads;
  }

  /** What is before that is to be sent at once; the rest may wait a little for what follows. */
  get due(): number {
    return Math.max(this.#due, this.journal.lastStart);
  }

  /** An attached host has processed everything before that. */
  get processed(): number {
    return this.#processed;
  }

  /** Everything before that, a host has kept. */
  get stored(): number {
    return this.#stored;
  }

  /** Nobody needs what is before that. */
  get firstNeeded(): number {
    return Math.max(this.journal.start, this.#hasOneHost ? this.#processed : this.requests.firstBegun(this.#stored));
  }

  /** A host is there, and is sent everything from `firstNeeded` on. */
  attach(): void {
    this.#isAttached = true;
    this.#processed = this.firstNeeded;
    this.window.forget();
    this.#update();
  }

  leave(): void {
    this.#isAttached = false;
    this.#update();
  }

  /** `message` is the one in the payload, if it has already been read. */
  append(kind: number, payload: Buffer, stream = 0, message?: unknown): void {
    this.journal.append(kind, payload, stream, message);
    if (this.#isUrgent(kind, payload, message)) this.hurry();
    this.#update();
    this.hasMore();
  }

  /** Nothing waits any more. */
  hurry(): void {
    this.#due = this.journal.end;
    this.#hurriedAt = performance.now();
  }

  /** A host has processed, and kept, everything before these offsets. */
  acknowledge(processed: number, stored: number): void {
    this.window.acknowledged(processed, !this.#reads);
    this.#processed = Math.max(this.#processed, processed);
    this.#stored = Math.max(this.#stored, Math.min(stored, this.journal.end));
    this.#release();
  }

  /** A host has everything of these requests. */
  forget(ids: readonly number[]): void {
    this.requests.forget(ids);
    this.#release();
  }

  /** From now on, the oldest is given up rather than let anybody wait. */
  giveUpOldest(): void {
    this.#givesUp = true;
    this.#update();
  }

  #release(): void {
    this.journal.release(this.firstNeeded);
    this.#update();
  }

  /**
   * Lets the writers wait while the host is behind or, without a host, while the journal is full. With a host that has
   * it all, and for commands that are over, what is oldest is given up instead.
   */
  #update(): void {
    const { journal } = this;
    const begun = this.#givesUp ? undefined : this.requests.beginningOf(journal.state.running);
    const expendable = this.#isAttached ? this.#processed : (begun ?? journal.end);
    while (journal.isFull && journal.dropOldest(expendable));
    const isBehind = this.#isAttached && journal.end - this.#processed > this.window.size;
    const reads = !isBehind && (this.#isAttached || this.#givesUp || !journal.isFull);
    if (reads === this.#reads) return;
    this.#reads = reads;
    this.#pace({ streams: reads, channels: reads || this.#isAttached });
  }

  /** Whether it cannot wait: more soon follows the beginning of a command, and in a flood. */
  #isUrgent(kind: number, payload: Buffer, message: unknown): boolean {
    if (kind === received.data)
      return payload.length < MUCH_AT_ONCE && performance.now() - this.#hurriedAt >= NEXT_LINE_MS;
    return kind !== received.begin && (message as Partial<WorkerMessage> | undefined)?.t !== 'closed';
  }
}
