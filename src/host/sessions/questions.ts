import type { OnInput } from '../../engine/worker/standardInput.js';

/** The questions of a session for input, of which the user may leave some open. */
export class Questions {
  readonly #ask: OnInput;
  readonly #changed: () => void;
  #open = 0;

  constructor(ask: OnInput, changed: () => void) {
    this.#ask = ask;
    this.#changed = changed;
  }

  get areOpen(): boolean {
    return this.#open > 0;
  }

  readonly ask = async (request: Parameters<OnInput>[0]): Promise<string | undefined> => {
    this.#count(1);
    try {
      return await this.#ask(request);
    } finally {
      this.#count(-1);
    }
  };

  #count(more: number): void {
    this.#open += more;
    this.#changed();
  }
}
