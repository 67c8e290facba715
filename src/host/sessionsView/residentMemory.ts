import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TIMEOUT_MS = 2000;

/** The resident memory of a process in bytes; undefined if the system does not tell, or there is no such process. */
export async function residentMemory(pid: number): Promise<number | undefined> {
  try {
    if (process.platform === 'win32') return undefined;
    if (process.platform === 'linux')
      return kilobytes(/^VmRSS:\s*(\d+)/m, await readFile(`/proc/${String(pid)}/status`, 'utf8'));
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)], { timeout: TIMEOUT_MS });
    return kilobytes(/(\d+)/, stdout);
  } catch {
    return undefined; // it has ended in the meantime
  }
}

function kilobytes(pattern: RegExp, text: string): number | undefined {
  const [, found] = pattern.exec(text) ?? [];
  return found === undefined ? undefined : Number(found) * 1024;
}
