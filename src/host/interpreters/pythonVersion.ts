import { execFile } from 'node:child_process';

const PATIENCE_MS = 3000;

/** For example 'Python 3.12.1'; undefined if the program does not print a version soon. */
export function pythonVersion(program: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, ['--version'], { timeout: PATIENCE_MS }, (error, stdout, stderr) => {
      // Python 2 prints it to the other stream.
      const [version] = error ? [] : (/^Python \S+/.exec(stdout || stderr) ?? []);
      resolve(version);
    });
  });
}
