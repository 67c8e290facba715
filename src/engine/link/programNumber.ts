import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The number of the worker's program, which some workers keep in the file `program` of a session's directory: odd while
 * it runs, so that only a signal ends it. Undefined if the worker does not tell.
 */
export function readProgramNumber(directory: string): number | undefined {
  try {
    const number = Number.parseInt(readFileSync(path.join(directory, 'program'), 'latin1'), 10);
    return Number.isSafeInteger(number) ? number : undefined;
  } catch {
    return undefined; // most workers need no such file
  }
}
