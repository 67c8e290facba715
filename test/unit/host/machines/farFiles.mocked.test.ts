import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Emitter } from '../../../../src/engine/emitter.js';
import { FarFiles } from '../../../../src/host/machines/farFiles.js';
import type { LanguageSession } from '../../../../src/host/sessions/languageSession.js';
import { ExtSession } from '../../../../src/library.js';
import { testPythons } from '../../../support/pythons.js';

type Provide = (uri: unknown) => Promise<string>;

const window = vi.hoisted(() => ({ folder: '', provide: undefined as Provide | undefined }));

vi.mock('vscode', () => {
  const uri = (scheme: string, file: string, query = '', authority = '') => ({
    ...{ scheme, path: file, fsPath: file, query, authority },
    toString: () => `${scheme}://${authority}${file}?${query}`,
  });
  return {
    l10n: { t: (text: string, ...values: string[]) => text.replace(/\{(\d)\}/g, (_, at) => values[Number(at)] ?? '') },
    Uri: {
      file: (file: string) => uri('file', file),
      from: (parts: { scheme: string; path: string; query: string; authority: string }) =>
        uri(parts.scheme, parts.path, parts.query, parts.authority),
    },
    ProgressLocation: { Window: 10 },
    window: { withProgress: (_options: object, work: () => Promise<unknown>) => work() },
    workspace: {
      textDocuments: [],
      get workspaceFolders() {
        return [{ uri: uri('file', window.folder) }];
      },
      getWorkspaceFolder: ({ path: file }: { path: string }) => (file.startsWith(window.folder) ? {} : undefined),
      registerTextDocumentContentProvider: (
        _scheme: string,
        { provideTextDocumentContent }: { provideTextDocumentContent: Provide },
      ) => {
        window.provide = provideTextDocumentContent;
        return { dispose: () => undefined };
      },
    },
  };
});

const onLinux = test.skipIf(process.platform !== 'linux');
/** The folder of the session, whose files have another name here. */
const ONLY_THERE = '/proc/self/cwd';
let there: string;

let session: ExtSession;
let isOver = false;
/** Whether the machine does not answer. */
let isSilent = false;
let files: FarFiles;

beforeAll(async () => {
  if (process.platform !== 'linux') return;
  const root = mkdtempSync(path.join(tmpdir(), 'far-files-'));
  [window.folder, there] = [path.join(root, 'here'), path.join(root, 'there')];
  for (const folder of [window.folder, there]) mkdirSync(folder);
  const interpreter = testPythons()[0]?.executable ?? 'python3';
  session = await ExtSession.start({ interpreter, commandPrefix: ['env'], cwd: there });
  const changed = new Emitter<LanguageSession>();
  const far = {
    id: 'far',
    process: { there: { machine: 'node7', folder: session.info.cwd } },
    connected: () => (isSilent ? new Promise(() => undefined) : Promise.resolve(isOver ? undefined : session)),
  } as unknown as LanguageSession;
  files = new FarFiles({ find: () => far, onDidChangeSession: changed.event });
  changed.fire(far);
});
afterAll(async () => {
  if (process.platform !== 'linux') return;
  await session.exit();
  rmSync(path.dirname(there), { recursive: true });
});

function write(folder: string, name: string, text: string | Buffer): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

function otherOf(found: Awaited<ReturnType<FarFiles['find']>>): Promise<unknown> {
  return Promise.resolve(found && 'uri' in found ? found.other : 'nothing');
}

onLinux('a file of the folder there is the one of the workspace, also by its name in output', async () => {
  const here = write(window.folder, 'same.py', 'x = 1\r\n');
  const name = write(there, 'same.py', 'x = 1\n');
  const found = await files.find(name, 'far');
  expect(found).toMatchObject({ uri: { scheme: 'file', path: here } });
  expect(await otherOf(found)).toBeUndefined();
  expect(await files.find('same.py', 'far')).toBeUndefined(); // it is found in the workspace
});

onLinux('if the two differ, the other one can be read, too', async () => {
  const here = write(window.folder, 'other.py', 'x = 2\n');
  const found = await files.find(write(there, 'other.py', 'x = 1\n'), 'far');
  expect(found).toMatchObject({ uri: { path: here } });
  const other = await otherOf(found);
  expect(other).toMatchObject({ scheme: 'extsession-file', authority: 'node7' });
  expect(await window.provide?.(other)).toBe('x = 1\n');
});

onLinux('the file of the workspace is opened while the machine does not answer', async () => {
  const here = write(window.folder, 'silent.py', 'x = 2\n');
  isSilent = true;
  expect(await files.find(path.join(there, 'silent.py'), 'far')).toMatchObject({ uri: { path: here } });
  isSilent = false;
});

onLinux('a file that is only there is read over the connection of the session, each time it is opened', async () => {
  const file = write(there, 'only.py', 'é = 1\n');
  const name = path.join(ONLY_THERE, 'only.py');
  const { uri } = (await files.find(name, 'far')) as { uri: { scheme: string } };
  expect(uri.scheme).toBe('extsession-file');
  expect(await window.provide?.(uri)).toBe('é = 1\n');
  writeFileSync(file, 'y = 2\n');
  expect(await window.provide?.(uri)).toBe('y = 2\n');
});

onLinux('one that cannot be read has a reason', async () => {
  truncateSync(write(there, 'large.py', ''), 3_000_000);
  write(there, 'binary', Buffer.from([1, 0, 2]));
  const [large, binary] = [path.join(ONLY_THERE, 'large.py'), path.join(ONLY_THERE, 'binary')];
  const gone = path.join(there, 'gone.py');
  const reasons = [
    [large, `'${large}' on node7 is larger than 2 MB, and is not opened.`],
    [binary, `'${binary}' on node7 is not a text file.`],
    [gone, `'${gone}' does not exist on node7.`],
    ['/dev/zero', "'/dev/zero' does not exist on node7."],
  ];
  for (const [name = '', refusal] of reasons) expect(await files.find(name, 'far')).toEqual({ refusal });
  isOver = true;
  const over = `'${gone}' is on node7, and can only be opened while the session runs.`;
  expect(await files.find(gone, 'far')).toEqual({ refusal: over });
  const uri = { path: gone, query: 'far', authority: 'node7' };
  await expect(window.provide?.(uri)).rejects.toThrow(over);
  isOver = false;
});

onLinux('what was sent from this machine is opened here, as are files of sessions that are here', async () => {
  expect(await files.find(write(window.folder, 'sent.py', '1'), 'far')).toBeUndefined();
  const beside = write(path.dirname(there), 'beside.py', '1'); // both machines have it
  expect(await files.find(beside, 'far')).toBeUndefined();
  expect(await files.find('/not/there.py', 'near')).toBeUndefined();
  expect(await files.find('<stdin>', 'far')).toBeUndefined();
});
