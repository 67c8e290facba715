import { execFile } from 'node:child_process';

const PATIENCE_MS = 3000;
const MOST_BYTES = 1 << 18;

/** The lines that a program prints about what there is; none if it is missing, or does not answer soon. */
export function linesOf(program: string, args: readonly string[]): Promise<string[]> {
  const options = { timeout: PATIENCE_MS, maxBuffer: MOST_BYTES };
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout) => {
      resolve(error ? [] : stdout.split('\n').filter((line) => line.trim() !== ''));
    });
  });
}
