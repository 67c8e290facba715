import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExtSession } from '../../../src/library.js';
import { inRoot, root } from '../../support/project.mjs';
import { testPythons } from '../../support/pythons.js';
import { alive } from '../kept/keptSessions.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';
const BUSY = `
import os, subprocess
child = subprocess.Popen(["sleep", "600"])
def parent(pid):
    return int(open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1])
print(os.getpid(), os.getppid(), parent(os.getppid()), child.pid, flush=True)
while True: pass
`;

let folder: string;
let options: { interpreter: string; commandPrefix: string[] };
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'far-'));
  for (const name of ['tmp', 'node_modules']) mkdirSync(path.join(folder, name));
  symlinkSync(root, path.join(folder, 'node_modules', 'extsession'));
  cpSync(inRoot('test', 'fixtures', 'hostProcess.mjs'), path.join(folder, 'host.mjs'));
  options = { interpreter, commandPrefix: ['env', `TMPDIR=${path.join(folder, 'tmp')}`] };
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function expectNothingLeft(ids: readonly number[]): Promise<void> {
  expect(ids).toHaveLength(4);
  await expect.poll(() => ids.filter(alive), { timeout: 20_000 }).toEqual([]);
  await expect.poll(() => readdirSync(path.join(folder, 'tmp')), { timeout: 20_000 }).toEqual([]);
}

const onLinux = test.skipIf(process.platform !== 'linux');

onLinux.for([
  ['its owner there', 1],
  ['the program that carries its frames', 2],
] as const)('a session whose connection dies with %s dies with it, and leaves nothing behind', async ([, which]) => {
  const session = await ExtSession.start(options);
  const running = session.execute(BUSY);
  await expect.poll(() => running.stdout).toContain('\n');
  const ids = running.stdout.split(' ').map(Number);
  process.kill(ids[which] ?? 0, 'SIGKILL');
  expect((await running.wait()).status).toBe('died');
  expect(session.state).toBe('dead');
  await expectNothingLeft(ids);
});

onLinux('a host that is killed leaves nothing behind where its session ran', async () => {
  const host = spawn(process.execPath, ['host.mjs', JSON.stringify(options), BUSY], { cwd: folder });
  let ids: number[] = [];
  for await (const line of createInterface(host.stdout)) {
    if (!line.includes(' ')) continue;
    ids = line.split(' ').map(Number);
    expect(readFileSync(`/proc/${String(ids[0])}/stat`, 'utf8')).toContain('python');
    host.kill('SIGKILL');
  }
  await expectNothingLeft(ids);
});
