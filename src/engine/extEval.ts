import { ResultNotReadyError } from './errors.js';
import { type FreshProcessOptions, exteval } from './freshProcess.js';
import type { Value } from './values.js';

type State =
  | { readonly status: 'pending' }
  | { readonly status: 'ready'; readonly value: Value }
  | { readonly status: 'failed'; readonly error: unknown };

/** An expression that is evaluated in a fresh process, starting at construction. The process ends by itself. */
export class ExtEval {
  #state: State = { status: 'pending' };
  readonly #settled: Promise<Value>;

  /** Starts the process; `wait` and `result` report any error. */
  constructor(expression: string, options: FreshProcessOptions = {}) {
    this.#settled = exteval(expression, options);
    this.#settled.then(
      (value) => {
        this.#state = { status: 'ready', value };
      },
      (error: unknown) => {
        this.#state = { status: 'failed', error };
      },
    );
  }

  /** Whether `result` returns the value, or throws why there is none. */
  get ready(): boolean {
    return this.#state.status !== 'pending';
  }

  /** @throws ResultNotReadyError until `ready`; after that, if there is no value, the error of `wait`. */
  get result(): Value {
    if (this.#state.status === 'pending') throw new ResultNotReadyError();
    if (this.#state.status === 'failed') throw this.#state.error;
    return this.#state.value;
  }

  /** @throws the errors of `exteval`. */
  wait(): Promise<Value> {
    return this.#settled;
  }
}
