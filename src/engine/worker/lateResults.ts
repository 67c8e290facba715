import type { ExtResults } from '../extResults.js';

/** The results that somebody still holds: late output of others is not needed. */
export class LateResults {
  readonly #held = new Map<number, WeakRef<ExtResults>>();
  readonly #dropped = new FinalizationRegistry<number>((id) => this.#held.delete(id));

  add(results: ExtResults): void {
    this.#held.set(results.id, new WeakRef(results));
    this.#dropped.register(results, results.id);
  }

  find(id: number): ExtResults | undefined {
    return this.#held.get(id)?.deref();
  }
}
