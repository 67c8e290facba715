import { execFile } from 'node:child_process';

const PATIENCE_MS = 3000;

/** Such as 'Python 3.12.1'; undefined when the program does not say so soon. */
export function pythonVersion(program: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, ['--version'], { timeout: PATIENCE_MS }, (error, stdout, stderr) => {
      // Python 2 says it on the other stream.
      const [version] = error ? [] : (/^Python \S+/.exec(stdout || stderr) ?? []);
      resolve(version);
    });
  });
}
