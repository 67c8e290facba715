import { execFileSync } from 'node:child_process';

/**
 * Ends what is left of a VS Code that is gone, such as sessions, which outlive their windows. Does nothing on Windows.
 *
 * @param {string} folder named in the arguments of all these processes
 */
export function endProcessesOf(folder) {
  if (process.platform === 'win32') return;
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  for (const line of processes.filter((text) => text.includes(folder))) {
    try {
      process.kill(Number.parseInt(line, 10), 'SIGTERM');
    } catch {
      // It went with another one.
    }
  }
}
