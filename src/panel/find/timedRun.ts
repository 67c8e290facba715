import { createContext, Script } from 'node:vm';

/**
 * Runs a function that might never end, for example one that uses a regular expression. Only V8 itself can stop it once
 * it has started, which Node.js offers through the `vm` module.
 */
export class TimedRun {
  readonly #script = new Script('run()');
  readonly #globals: { run?: () => void } = {};
  readonly #context = createContext(this.#globals);

  /** Returns whether the function ended within the given number of milliseconds. */
  run(run: () => void, milliseconds: number): boolean {
    this.#globals.run = run;
    try {
      this.#script.runInContext(this.#context, { timeout: milliseconds });
      return true;
    } catch (error) {
      if ((error as { readonly code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
      throw error;
    }
  }
}
