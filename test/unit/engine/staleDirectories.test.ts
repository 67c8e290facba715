import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownerText, removeStaleDirectories } from '../../../src/engine/link/staleDirectories.js';
import { silentLogger } from '../../../src/engine/logger.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stale-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** No process has that number: it is beyond what Linux and macOS hand out. */
const DEAD = `${String(2 ** 22 + 1)} 1\n`;

function make(name: string, owner: string | undefined, mode = 0o700): string {
  const directory = path.join(folder, name);
  mkdirSync(directory, { mode });
  if (owner !== undefined) writeFileSync(path.join(directory, 'owner'), owner);
  writeFileSync(path.join(directory, 'journal-1'), 'x');
  return directory;
}

const isLeft = async (directory: string): Promise<boolean> => {
  await removeStaleDirectories(silentLogger, [folder, path.join(folder, 'missing')]);
  return existsSync(directory);
};

test.skipIf(process.platform === 'win32')('what a killed process has left is removed', async () => {
  expect(await isLeft(make('extsession-dead', DEAD))).toBe(false);
});

test.skipIf(process.platform !== 'linux')('and so it is if the process had its number where we have ours', async () => {
  const [, , namespace] = ownerText().trimEnd().split(' ');
  expect(namespace).toMatch(/^pid:/);
  expect(await isLeft(make('extsession-here', `${DEAD.trimEnd()} ${String(namespace)}\n`))).toBe(false);
});

test.skipIf(process.platform !== 'linux')('and so it is if another process has its number now', async () => {
  expect(await isLeft(make('extsession-reused', `${String(process.pid)} 1\n`))).toBe(false);
});

test.for([
  ['of a process that lives', 'extsession-lives', ownerText(), 0o700],
  ['of a process of unknown start', 'extsession-unknown', `${String(process.pid)} \n`, 0o700],
  ['of a process of another container', 'extsession-elsewhere', `${DEAD.trimEnd()} pid:[1]\n`, 0o700],
  ['that others can read', 'extsession-open', DEAD, 0o755],
  ['without an owner', 'extsession-none', undefined, 0o700],
  ['with an owner of another form', 'extsession-form', 'x'.repeat(50), 0o700],
  ['of another program', 'other-dead', DEAD, 0o700],
] as const)('a folder %s stays', async ([, name, owner, mode]) => {
  expect(await isLeft(make(name, owner, mode))).toBe(true);
});

test('a link to such a folder is not followed', async () => {
  const elsewhere = make('elsewhere', DEAD);
  symlinkSync(elsewhere, path.join(folder, 'extsession-link'));
  expect(await isLeft(elsewhere)).toBe(true);
});
