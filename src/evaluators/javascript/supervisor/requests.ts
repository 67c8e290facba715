import type { KeptRequest } from '../../../engine/supervised/attachment.js';

export interface SubmittedRequest extends KeptRequest {
  /** The message for the worker. */
  readonly message: Buffer;
}

/** The requests whose end no host has acknowledged, and those of them that wait. */
export class Requests {
  readonly #known = new Map<number, KeptRequest>();
  #waiting: SubmittedRequest[] = [];
  /** Where each begins in the journal. */
  readonly #begun = new Map<number, number>();
  #lastId = 0;
  #lastCount = 0;

  get lastId(): number {
    return this.#lastId;
  }

  get lastCount(): number {
    return this.#lastCount;
  }

  /** In order. */
  get known(): readonly KeptRequest[] {
    return [...this.#known.values()];
  }

  /** Where the first one begins that has begun; `otherwise` if none has. */
  firstBegun(otherwise: number): number {
    return Math.min(otherwise, ...this.#begun.values());
  }

  beginningOf(id: number | undefined): number | undefined {
    return id === undefined ? undefined : this.#begun.get(id);
  }

  /** Those whose beginning is before `start`, the start of the journal. */
  lost(start: number): number[] {
    return [...this.#begun].filter(([, begun]) => begun < start).map(([id]) => id);
  }

  submit(request: SubmittedRequest): void {
    const { id, count, kind, note } = request;
    this.#lastId = Math.max(this.#lastId, id);
    if (count > 0) this.#lastCount = count;
    this.#known.set(id, { id, count, kind, note });
    this.#waiting.push(request);
  }

  /** The next one, which begins at that offset. */
  begin(at: number): SubmittedRequest | undefined {
    const next = this.#waiting.shift();
    if (next) this.#begun.set(next.id, at);
    return next;
  }

  /** Takes back one that waits, at that offset; whether it did. */
  cancel(id: number, at: number): boolean {
    const left = this.#waiting.filter((request) => request.id !== id);
    if (left.length === this.#waiting.length) return false;
    this.#waiting = left;
    this.#begun.set(id, at);
    return true;
  }

  get waiting(): readonly number[] {
    return this.#waiting.map(({ id }) => id);
  }

  /** None of those that wait will begin. */
  clear(): void {
    this.#waiting = [];
  }

  /** A host has everything of them. */
  forget(ids: readonly number[]): void {
    for (const id of ids) {
      this.#known.delete(id);
      this.#begun.delete(id);
    }
  }
}
