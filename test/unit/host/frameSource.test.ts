import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { frameSource } from '../../../src/host/frameSource.js';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'extsession-frames-'));
  file = path.join(folder, 'a file.py');
  writeFileSync(file, '');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const nothing = { documents: [], folders: [] };

describe('the source of a frame', () => {
  test('is a file that exists, named by its path or its URI', async () => {
    const found = { kind: 'file', path: file };
    expect(await frameSource(file, nothing)).toEqual(found);
    expect(await frameSource(pathToFileURL(file).href, nothing)).toEqual(found);
  });

  test('is a file of the workspace, named by a path within it', async () => {
    const known = { documents: [], folders: ['/no/such/folder', path.dirname(file)] };
    expect(await frameSource(path.basename(file), known)).toEqual({ kind: 'file', path: file });
    expect(await frameSource('missing.py', known)).toEqual({ kind: 'missing' });
  });

  test.each(['untitled:Untitled-1', 'vscode-notebook-cell:/home/ada/a.ipynb#W0', 'vscode-vfs://github/ada/a.py'])(
    'is an open document: %s',
    async (uri) => {
      expect(await frameSource(uri, { documents: ['untitled:Untitled-2', uri], folders: [] })).toEqual({
        kind: 'document',
        uri,
      });
    },
  );

  test('is the open document of a file, also before the file exists', async () => {
    const missing = path.join(folder, 'new.py');
    const uri = pathToFileURL(missing).href;
    expect(await frameSource(missing, { documents: [uri], folders: [] })).toEqual({ kind: 'document', uri });
  });

  test.each([
    'untitled:Untitled-1',
    'vscode-notebook-cell:/home/ada/a.ipynb#W0',
    'https://example.com/a.py',
    'command:workbench.action.quit',
    'vscode://publisher.extension/open',
    'vscode-remote://ssh-remote+other/etc/passwd',
    'git:/etc/passwd',
    'file:nonsense%',
    'relative.py',
    '../relative.py',
    '/no/such/file.py',
    '/tmp',
    '/dev/zero',
    '',
    'null\0byte',
  ])('is missing if nothing of this name is open or exists: %j', async (name) => {
    expect(await frameSource(name, nothing)).toEqual({ kind: 'missing' });
  });

  test('is no FIFO, which would block whoever reads it', async () => {
    const fifo = path.join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    expect(await frameSource(fifo, nothing)).toEqual({ kind: 'missing' });
  });

  test.each(['//server/share/a.py', '//?/UNC/server/share/a.py', '//./pipe/a', '//server'])(
    'is not looked for on another computer: %s',
    async (name) => {
      expect(await frameSource(name, { documents: [], folders: [folder, '//server/other'] })).toEqual({
        kind: 'otherComputer',
      });
    },
  );

  test('is looked for on the computer that the workspace is on', async () => {
    // On Unix, two slashes mean the same as one.
    const [, first = '', second = ''] = file.split('/');
    const there = `/${file}`;
    expect(await frameSource(there, { documents: [], folders: [`//${first.toUpperCase()}/${second}/x`] })).toEqual({
      kind: 'file',
      path: there,
    });
  });
});
