import { readFileSync } from 'node:fs';
import { afterEach, expect } from 'vitest';
import { type AttachOptions, ExtSession, type ExtSessionOptions, type SessionReference } from '../../../src/library.js';

const open = new Set<ExtSession>();
const supervisors = new Set<number>();

/** Each file calls this: a hook of this module would only count for the first file that a worker loads it for. */
export function endSessionsAfterEach(): void {
  afterEach(async () => {
    for (const session of open) await session.exit();
    open.clear();
    await expect.poll(() => [...supervisors].filter(alive), { timeout: 10_000 }).toEqual([]);
    supervisors.clear();
  });
}

/** A session that is kept alive, and ended after the test, with its supervisor. */
export async function start(options: ExtSessionOptions): Promise<ExtSession> {
  const session = await ExtSession.start({ keepAlive: true, ...options });
  open.add(session);
  if (process.platform === 'linux') supervisors.add(supervisorOf(referenceOf(session)));
  return session;
}

export async function attach(reference: SessionReference, options: AttachOptions = {}): Promise<ExtSession> {
  const session = await ExtSession.attach(reference, options);
  open.add(session);
  return session;
}

export function referenceOf({ reference }: ExtSession): SessionReference {
  if (!reference) throw new Error('The session is not kept alive.');
  return reference;
}

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Linux only. */
export function supervisorOf({ pid }: SessionReference): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]);
}

/** Waits for the first output, or the end. */
export async function seen(results: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of results) return;
}
