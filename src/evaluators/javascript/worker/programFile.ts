import { openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { withPlainBuiltins } from './builtins.js';

const write = writeSync;
const DIGITS = 16;

/**
 * Tells the host, in the file `program` of the session's directory, whether a program runs that SIGINT would end: a
 * number that grows at each call, odd while one runs. Without the file the host finds out by waiting.
 */
export function programFile(directory: string): (runs: boolean) => void {
  let file: number;
  try {
    file = openSync(path.join(directory, 'program'), 'wx', 0o600);
  } catch {
    return () => undefined; // the disk is full
  }
  let count = 0;
  return (runs) => {
    count += count % 2 === Number(runs) ? 2 : 1;
    try {
      write(
        file,
        withPlainBuiltins(() => String(count).padStart(DIGITS, '0')),
        0,
      );
    } catch {
      // the user's code has closed it
    }
  };
}
