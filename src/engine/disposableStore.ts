import type { Disposable } from './disposable.js';

/** Several disposables that have one owner and are disposed of together. */
export class DisposableStore implements Disposable {
  readonly #disposables: Set<Disposable>;
  #isDisposed = false;

  constructor(...disposables: readonly Disposable[]) {
    this.#disposables = new Set(disposables);
  }

  /** Returns what is added. After `dispose`, it is disposed of immediately. */
  add<T extends Disposable>(disposable: T): T {
    if (this.#isDisposed) disposable.dispose();
    else this.#disposables.add(disposable);
    return disposable;
  }

  /**
   * Disposes of all in the order in which they were added, once. Idempotent.
   * @throws AggregateError after all of them, if some throw.
   */
  dispose(): void {
    this.#isDisposed = true;
    const errors: unknown[] = [];
    for (const disposable of this.#disposables) {
      this.#disposables.delete(disposable);
      try {
        disposable.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'Not everything could be disposed of.');
  }
}
