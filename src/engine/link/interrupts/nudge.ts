import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startTimeOf } from '../processGroup.js';

/** Where a worker says that it can be nudged, in the directory of its session: with when it has started. */
export const NUDGE_FILE = 'nudge';

/**
 * Has a worker on this machine read its side channel although the code that it runs leaves it no time for that, if it
 * has said that it can. Whether it is nudged.
 */
export function nudge(directory: string, pid: number): boolean {
  try {
    const started = readFileSync(path.join(directory, NUDGE_FILE), 'latin1');
    return started === (startTimeOf(pid) ?? '') && process.kill(pid, 'SIGUSR1');
  } catch {
    return false; // most workers need no nudge, and one that has ended hears of nothing
  }
}
