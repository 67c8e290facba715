import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dist, inRoot, root } from '../support/project.mjs';
import { testPythons } from '../support/pythons.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';
const kills = 50;

/** A folder with the library installed, and one for temporary files that only the hosts of this test use. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hosts-'));
  mkdirSync(path.join(folder, 'tmp'));
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(root, path.join(folder, 'node_modules', 'extsession'));
  cpSync(inRoot('test', 'fixtures', 'hostProcess.mjs'), path.join(folder, 'host.mjs'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test(
  `a host that is killed leaves no process and no file behind, ${String(kills)} times`,
  { timeout: 120_000 },
  async () => {
    expect(readdirSync(dist)).toContain('engine');
    const seen = new Set<number>();
    for (let count = 0; count < kills; count++) await killHost(count, seen);
    await expect.poll(() => [...seen].filter(isAlive), { timeout: 10_000 }).toEqual([]);
    await expect.poll(() => readdirSync(path.join(folder, 'tmp')), { timeout: 10_000 }).toEqual([]);
    expect(seen.size).toBeGreaterThan(kills / 4);
  },
);

/** Starts a host and kills it: some while they start, at moments that are spread evenly, others once their command runs. */
async function killHost(count: number, seen: Set<number>): Promise<void> {
  const host = spawn(process.execPath, [path.join(folder, 'host.mjs'), interpreter], {
    env: { ...process.env, TMPDIR: path.join(folder, 'tmp') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(host, 'exit');
  const lines = createInterface(host.stdout);
  let printed = 0;
  lines.on('line', (line) => {
    seen.add(Number(line));
    if (++printed === 2) host.kill('SIGKILL');
  });
  const timer = count % 2 === 0 ? setTimeout(() => host.kill('SIGKILL'), (count / kills) * 400) : undefined;
  await exited;
  clearTimeout(timer);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
