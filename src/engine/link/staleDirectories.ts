import { readlinkSync } from 'node:fs';
import { lstat, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Logger } from '../logger.js';
import { startTimeOf } from './processGroup.js';

/**
 * The file of a lasting directory that names the process which removes it, when that process started, and the namespace
 * in which it has that number: containers may share the directories of others, but not their processes.
 */
export const OWNER = 'owner';
const LONGEST_OWNER = 100;
const PREFIX = 'extsession-';
const FOR_ITS_USER = 0o700;

export function ownerText(): string {
  return `${String(process.pid)} ${startTimeOf(process.pid) ?? ''} ${processNamespace()}\n`;
}

/** Empty where there are none. */
function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return ''; // not Linux
  }
}

/**
 * Removes the lasting directories of this user whose owners have been killed, and their guardians with them. Resolves
 * when everything was tried: what cannot be removed is logged.
 */
export async function removeStaleDirectories(
  log: Logger,
  parents: readonly string[] = [tmpdir(), '/tmp'],
): Promise<void> {
  for (const parent of new Set(parents)) {
    const names = await readdir(parent).catch((): string[] => []);
    for (const name of names) {
      const directory = path.join(parent, name);
      if (!name.startsWith(PREFIX) || !(await isStale(directory))) continue;
      try {
        await rm(directory, { recursive: true, force: true, maxRetries: 3 });
        log.info(`Removed ${directory}, which a session has left.`);
      } catch (error) {
        log.warn(`${directory}, which a session has left, could not be removed: ${String(error)}`);
      }
    }
  }
}

async function isStale(directory: string): Promise<boolean> {
  try {
    const { uid, mode } = await lstat(directory);
    if (uid !== process.getuid?.() || (mode & 0o777) !== FOR_ITS_USER) return false;
    const file = path.join(directory, OWNER);
    const { size } = await lstat(file);
    if (size > LONGEST_OWNER) return false;
    const [, pid = '', startTime = '', namespace] =
      /^(\d+) (\d*)(?: (\S*))?\n$/.exec(await readFile(file, 'latin1')) ?? [];
    const isElsewhere = namespace !== undefined && namespace !== processNamespace();
    return pid !== '' && !isElsewhere && isGone(Number(pid), startTime);
  } catch {
    return false; // it has just been removed, or is not a session's
  }
}

function isGone(pid: number, startTime: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  const now = startTimeOf(pid);
  return startTime !== '' && now !== undefined && now !== startTime;
}
