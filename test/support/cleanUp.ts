import { readdirSync, readlinkSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { ExtSession } from '../../src/library.js';

/**
 * What somebody who tidies the temporary directory removes of an idle session on Linux: its files, or their folder too.
 */
export async function cleanUp(session: ExtSession, what: 'files' | 'folder'): Promise<void> {
  const [first = ''] = await prepared(session);
  const folder = path.dirname(first);
  if (what === 'folder') rmSync(folder, { recursive: true });
  else for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
}

/** Waits until an idle session has prepared the next commands; the FIFOs that it has open for them. */
export async function prepared(session: ExtSession): Promise<string[]> {
  // Once it answers its worker has done so.
  await session.complete('x', 1);
  const ofWorker = fifosOf(String(session.pid));
  // What was not opened by both can't be.
  await expect.poll(() => fifosOf('self')).toEqual(expect.arrayContaining(ofWorker));
  return ofWorker;
}

/** The paths of the FIFOs that a process has open. */
function fifosOf(pid: string): string[] {
  const descriptors = readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${name}`)];
    } catch {
      return []; // closed since it was listed, as the one is that lists them
    }
  });
  return [...new Set(descriptors.filter((target) => /extsession-[^/]+\/\d+\.[01]$/.test(target)))];
}
