import { createContext, Script } from 'node:vm';

/**
 * Runs what may take for ever, as a regular expression can. Nothing but V8 itself can end one that has begun, and the
 * `vm` module is how Node asks it to.
 */
export class TimedRun {
  readonly #script = new Script('run()');
  readonly #globals: { run?: () => void } = {};
  readonly #context = createContext(this.#globals);

  /** Whether it came to its end within so many milliseconds. */
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
