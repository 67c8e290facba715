import { Queue } from './queue.js';

/**
 * Values by number. The smallest one is found without a search: a map's iterator would walk over everything that was
 * removed at its front.
 */
export class NumberedMap<T> {
  readonly #values = new Map<number, T>();
  readonly #order = new Queue<number>();

  get size(): number {
    return this.#values.size;
  }

  /** The first of the remaining numbers; Infinity if there is none. */
  get first(): number {
    for (let number = this.#order.first; number !== undefined; number = this.#order.first) {
      if (this.#values.has(number)) return number;
      this.#order.shift();
    }
    return Infinity;
  }

  has(number: number): boolean {
    return this.#values.has(number);
  }

  get(number: number): T | undefined {
    return this.#values.get(number);
  }

  set(number: number, value: T): void {
    if (!this.#values.has(number)) this.#order.push(number);
    this.#values.set(number, value);
  }

  delete(number: number): void {
    this.#values.delete(number);
  }

  numbers(): Iterable<number> {
    return this.#values.keys();
  }
}
