import { writeSync } from 'node:fs';
import { inspect } from 'node:util';

/** Writes it to standard error, which is the file `log` in the session's directory. */
export function logError(error: unknown): void {
  try {
    writeSync(2, `${inspect(error)}\n`);
  } catch {
    // there is no space, and nobody else to tell
  }
}
