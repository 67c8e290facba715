import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GUARDIAN_SCRIPT } from '../../../src/engine/link/guardianScript.js';
import { ProcessGroup } from '../../../src/engine/link/processGroup.js';

const patient = { timeout: 20_000 };
const started: ChildProcess[] = [];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'guarded-'));
});
afterEach(() => {
  for (const { pid = 0 } of started.splice(0)) if (isAlive(-pid)) process.kill(-pid, 'SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Tells the guardian what a process knew, and then that this process has ended. */
async function guard(lines: readonly string[], { interruptAt = 2, killAt = 6 } = {}): Promise<void> {
  const arguments_ = ['-c', GUARDIAN_SCRIPT, 'guardian', String(interruptAt), String(killAt)];
  const shell = spawn('/bin/sh', arguments_, { stdio: ['pipe', 'ignore', 'inherit'] });
  shell.stdin.end(lines.map((line) => `${line}\n`).join(''));
  await once(shell, 'exit');
}

/** The leader of a group, once it has written its first line; it goes on forever. */
async function leader(script: string): Promise<{ pid: number; start: string; line: string }> {
  const child = spawn('/bin/sh', ['-c', `${script}\nwhile :; do sleep 0.05; done`], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  started.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { id, startTime = '' } = new ProcessGroup(child.pid ?? 0);
  return { pid: id, start: startTime, line };
}

function directory(name = 'extsession-x'): string {
  const made = path.join(folder, name);
  mkdirSync(made);
  writeFileSync(path.join(made, 'file'), '');
  return made;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a directory is removed when its process is gone, unless it was released or has another name', async () => {
  const [left, released, foreign] = [directory(), directory('extsession-y'), directory('mine')];
  await guard([`d 1 ${left}`, `d 2 ${released}`, `d 3 ${foreign}`, 'x 2']);
  await expect.poll(() => existsSync(left), patient).toBe(false);
  expect([released, foreign].map((one) => existsSync(one))).toEqual([true, true]);
});

describe('a worker whose host is gone', () => {
  test('that ends by itself is let alone, and what is left of its group is killed then', async () => {
    const told = path.join(folder, 'told');
    const { pid, start, line } = await leader(
      `sleep 600 & echo $!; trap 'echo interrupted > ${told}' INT; (sleep 0.5; kill -9 $$) &`,
    );
    const place = directory();
    writeFileSync(path.join(place, 'ending'), '');
    await guard([`d 1 ${place}`, `g 1 ${String(pid)} ${start}`], { killAt: 600 });
    await expect.poll(() => [pid, Number(line)].filter(isAlive), patient).toEqual([]);
    await expect.poll(() => existsSync(place), patient).toBe(false);
    expect(existsSync(told)).toBe(false);
  });

  test('that has not begun to end is interrupted', async () => {
    const { pid, start } = await leader('trap "exit 3" INT; echo ready');
    await guard([`d 1 ${directory()}`, `g 1 ${String(pid)} ${start}`], { killAt: 600 });
    await expect.poll(() => isAlive(pid), patient).toBe(false);
  });

  test.each(['known', 'unknown'])('that does not end is killed with its children, its start being %s', async (what) => {
    const { pid, start, line } = await leader('trap "" INT TERM; sleep 600 & echo $!');
    await guard([`d 1 ${directory()}`, `g 1 ${String(pid)} ${what === 'known' ? start : ''}`]);
    await expect.poll(() => [pid, Number(line)].filter(isAlive), patient).toEqual([]);
  });

  test('keeps no other one waiting', async () => {
    const stuck = await leader('trap "" INT; echo ready');
    const [ofStuck, ofOther] = [directory(), directory('extsession-y')];
    const guarding = guard([`d 1 ${ofStuck}`, `g 1 ${String(stuck.pid)} ${stuck.start}`, `d 2 ${ofOther}`], {
      killAt: 30,
    });
    await expect.poll(() => existsSync(ofOther), patient).toBe(false);
    expect(isAlive(stuck.pid)).toBe(true);
    await guarding;
    await expect.poll(() => isAlive(stuck.pid), patient).toBe(false);
  });
});

describe('nothing is signalled', () => {
  test('when the number of the group is another process’s by now', async () => {
    const { pid, start } = await leader('trap "exit 3" INT; echo ready');
    await guard([`d 1 ${directory()}`, `g 1 ${String(pid)} ${String(Number(start) - 1)}`]);
    expect(isAlive(pid)).toBe(true);
  });

  test('when the leader had ended, and a process has its number all the same', async () => {
    const { pid } = await leader('trap "exit 3" INT; echo ready');
    await guard([`d 1 ${directory()}`, `g 1 ${String(pid)} gone`]);
    expect(isAlive(pid)).toBe(true);
  });

  test('when the group was told to be gone', async () => {
    const { pid, start } = await leader('trap "exit 3" INT; echo ready');
    await guard([`d 1 ${directory()}`, `g 1 ${String(pid)} ${start}`, 'g 1 ']);
    expect(isAlive(pid)).toBe(true);
  });
});

test('children whose leader had ended before are killed', async () => {
  const { pid, line } = await leader('sleep 600 & echo $!; kill -9 $$');
  await expect.poll(() => isAlive(pid), patient).toBe(false);
  expect(isAlive(Number(line))).toBe(true);
  await guard([`d 1 ${directory()}`, `g 1 ${String(pid)} gone`]);
  await expect.poll(() => isAlive(Number(line)), patient).toBe(false);
});

test.skipIf(process.platform !== 'linux')(
  'the start of a process is what the system tells, whatever its name',
  async () => {
    const { pid, start } = await leader(`printf '%s' ') S 1 (' > /proc/$$/comm; echo named`);
    const fields = readFileSync(`/proc/${String(pid)}/stat`, 'latin1')
      .split(') ')
      .at(-1)
      ?.split(' ');
    expect(fields?.[19]).toBe(start);
    await guard([`d 1 ${directory()}`, `g 1 ${String(pid)} ${start}`]);
    await expect.poll(() => isAlive(pid), patient).toBe(false);
  },
);
