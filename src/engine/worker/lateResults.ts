import type { ResultsWriter } from '../resultsWriter.js';

/** The results that somebody still holds: late output of others is not needed. */
export class LateResults {
  readonly #held = new Map<number, WeakRef<ResultsWriter>>();
  readonly #dropped = new FinalizationRegistry<number>((id) => this.#held.delete(id));

  add(writer: ResultsWriter): void {
    this.#held.set(writer.id, new WeakRef(writer));
    this.#dropped.register(writer, writer.id);
  }

  find(id: number): ResultsWriter | undefined {
    return this.#held.get(id)?.deref();
  }
}
