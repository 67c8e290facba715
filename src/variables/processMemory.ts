import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TIMEOUT_MS = 2000;
const MOST_PROCESSES = 1000;

/** In bytes, resident. */
export interface ProcessMemory {
  readonly own: number;
  /** Of all processes that it has started, and that these have started. */
  readonly children: number;
  readonly childCount: number;
}

interface Process {
  readonly parent: number;
  readonly bytes: number;
}

/** What a process and its children occupy; undefined if the system does not tell, or there is no such process. */
export async function processMemory(pid: number): Promise<ProcessMemory | undefined> {
  try {
    if (process.platform === 'win32') return undefined;
    const all = process.platform === 'linux' ? await readTree(pid) : await listProcesses();
    return memoryIn(all, pid);
  } catch {
    return undefined; // it has ended in the meantime
  }
}

export function memoryIn(all: ReadonlyMap<number, Process>, pid: number): ProcessMemory | undefined {
  const own = all.get(pid)?.bytes;
  if (own === undefined) return undefined;
  const family = new Set([pid]);
  for (const one of family) for (const [child, { parent }] of all) if (parent === one) family.add(child);
  family.delete(pid);
  const children = [...family].reduce((sum, one) => sum + (all.get(one)?.bytes ?? 0), 0);
  return { own, children, childCount: family.size };
}

/** Linux names the children of each thread. */
async function readTree(pid: number): Promise<Map<number, Process>> {
  const found = new Map([[pid, { parent: 0, bytes: await residentBytes(pid) }]]);
  for (const parent of found.keys()) {
    for (const child of await childrenOf(parent)) {
      if (found.size >= MOST_PROCESSES || found.has(child)) continue;
      found.set(child, { parent, bytes: await residentBytes(child).catch(() => 0) });
    }
  }
  return found;
}

async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${String(pid)}/task`).catch(() => []);
  const lists = threads.map((id) => readFile(`/proc/${String(pid)}/task/${id}/children`, 'utf8').catch(() => ''));
  return (await Promise.all(lists)).flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
}

async function listProcesses(): Promise<Map<number, Process>> {
  const { stdout } = await run('ps', ['-axo', 'pid=,ppid=,rss='], { timeout: TIMEOUT_MS, maxBuffer: 2 ** 22 });
  return processesIn(stdout);
}

/** Reads lines with the number of a process, that of its parent, and its resident kilobytes. */
export function processesIn(text: string): Map<number, Process> {
  const lines = [...text.matchAll(/^\s*(\d+)\s+(\d+)\s+(\d+)\s*$/gm)];
  return new Map(
    lines.map(([, pid, parent, kilobytes]) => [
      Number(pid),
      { parent: Number(parent), bytes: Number(kilobytes) * 1024 },
    ]),
  );
}
