import type { Script } from '../engine/evaluator.js';

/** The last arguments of a worker: what it shows to code as the script and its arguments. */
export function scriptArguments(script: Script | undefined): readonly string[] {
  return script ? [script.file, ...(script.args ?? [])] : [];
}
