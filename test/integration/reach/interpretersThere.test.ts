import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { interpretersThere, type FoundThere } from '../../../src/host/machines/interpretersThere.js';
import { testPythons } from '../../support/pythons.js';
import '../../../src/library.js';

const python = testPythons()[0]?.executable ?? 'python3';

let folder: string;
const at = (...names: string[]): string => path.join(folder, ...names);
beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'far-')));
  for (const name of ['none', 'node', 'both', 'old', 'home/.nvm/versions/node/v22.0.0/bin'])
    mkdirSync(at(name), { recursive: true });
  for (const name of ['node', 'both', 'home/.nvm/versions/node/v22.0.0/bin'])
    symlinkSync(process.execPath, at(name, 'node'));
  symlinkSync(python, at('both', 'python3'));
  writeFileSync(at('old', 'python3'), '#!/bin/sh\necho "Unknown option: -I" >&2\nexit 2\n', { mode: 0o755 });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function look(place: string): Promise<FoundThere> {
  const command = ['/usr/bin/env', `HOME=${at('home')}`, `PATH=${at(place)}`];
  return interpretersThere({ name: 'far', command }, {});
}

const inNvm = (): string => at('home/.nvm/versions/node/v22.0.0/bin/node');

test.skipIf(process.platform === 'win32')('where Python is, it finds interpreters of both languages', async () => {
  const { usual, home, interpreters } = await look('both');
  expect([usual, home]).toEqual(['python3', at('home')]);
  expect(interpreters).toEqual([at('both/python3'), at('both/node'), inNvm()]);
});

test.skipIf(process.platform === 'win32')(
  'where no Python is, or an old one, Node.js looks for those of itself',
  async () => {
    const version = process.versions.node;
    expect(await look('node')).toEqual({
      usual: 'node',
      version,
      home: at('home'),
      interpreters: [at('node/node'), inNvm()],
    });
    symlinkSync(process.execPath, at('old', 'node'));
    expect((await look('old')).usual).toBe('node');
  },
);

test.skipIf(process.platform === 'win32')('where neither is, it says what is needed', async () => {
  await expect(look('none')).rejects.toMatchObject({
    failure: { kind: 'farInterpreterMissing', interpreter: 'python3', needs: 'Python 3.7 or Node.js 20.12' },
  });
});
