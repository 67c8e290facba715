import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aptGet } from '../../support/apt.mjs';

/** Behaves as apt-get: `held` is a lock of another program, `calls` lists the arguments of each call. */
const FAKE = `#!/bin/sh
cd "$(dirname "$0")"
echo "$*" >> calls
test "$3" = fail && { echo 'E: Unable to locate package' >&2; exit 100; }
test -e held || exit 0
echo 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 6272 (apt-get)' >&2
echo 'E: Unable to lock directory /var/lib/apt/lists/' >&2
exit 100
`;

let folder: string;
let program: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'apt-'));
  program = path.join(folder, 'apt-get');
  writeFileSync(program, FAKE);
  chmodSync(program, 0o755);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const file = (name: string): string => path.join(folder, name);
const calls = (): string[] =>
  existsSync(file('calls')) ? readFileSync(file('calls'), 'utf8').trimEnd().split('\n') : [];

test('apt-get is called again until another program gives its lock back, which is said once', async () => {
  const said = vi.spyOn(console, 'log').mockReturnValue();
  writeFileSync(file('held'), '');
  const done = aptGet(['update'], { program, pauseMs: 1 });
  await expect.poll(() => calls().length).toBeGreaterThan(2);
  rmSync(file('held'));
  await done;
  expect(said.mock.calls).toEqual([[expect.stringMatching(/^Waiting .*held by process 6272 \(apt-get\)/)]]);
});

test('apt-get is not waited for beyond the given time, and its words are in the error', async () => {
  vi.spyOn(console, 'log').mockReturnValue();
  writeFileSync(file('held'), '');
  await expect(aptGet(['update'], { program, patienceMs: 50, pauseMs: 1 })).rejects.toThrow('held by process 6272');
});

test('another failure of apt-get ends at once', async () => {
  await expect(aptGet(['fail'], { program })).rejects.toThrow("apt-get fail' ended with 100: E: Unable to locate");
  expect(calls()).toEqual(['-o DPkg::Lock::Timeout=600 fail']);
});
