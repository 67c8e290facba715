import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, onTestFinished } from 'vitest';
import { startTimeOf } from '../../../src/engine/link/processGroup.js';
import { type AttachOptions, ExtSession, type ExtSessionOptions, type SessionReference } from '../../../src/library.js';

const open = new Set<ExtSession>();
/** When each of these processes started, which tells it from a later one with its number. */
const supervisors = new Map<number, string | undefined>();

/** Each file calls this: a hook of this module would only count for the first file that a worker loads it for. */
export function endSessionsAfterEach(): void {
  afterEach(async () => {
    for (const session of open) await session.exit();
    open.clear();
    await expect.poll(supervisorsLeft, { timeout: 10_000 }).toEqual([]);
    supervisors.clear();
  });
}

/** A session that is kept alive, and ended after the test, with its supervisor. */
export async function start(options: ExtSessionOptions): Promise<ExtSession> {
  const session = await ExtSession.start({ keepAlive: true, ...options });
  open.add(session);
  if (process.platform === 'linux') {
    const supervisor = supervisorOf(referenceOf(session));
    supervisors.set(supervisor, startTimeOf(supervisor));
  }
  return session;
}

function supervisorsLeft(): string[] {
  const left = [...supervisors].filter(([pid, started]) => alive(pid) && startTimeOf(pid) === started);
  return left.map(([pid]) => readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').replaceAll('\0', ' '));
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

/** That many lines, which count from 0. */
export function counted(count: number): string {
  return Array.from({ length: count }, (_, i) => `${String(i)}\n`).join('');
}

/** Linux only. */
export function supervisorOf({ pid }: SessionReference): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]);
}

/** A file that commands wait for, which is there once it is opened. */
export interface Gate {
  readonly file: string;
  open(): void;
}

/** One for the current test. */
export function newGate(): Gate {
  const folder = mkdtempSync(path.join(tmpdir(), 'gate-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = path.join(folder, 'open');
  return {
    file,
    open: () => {
      writeFileSync(file, '');
    },
  };
}

/** Waits for the first output, or the end. */
export async function seen(results: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of results) return;
}
