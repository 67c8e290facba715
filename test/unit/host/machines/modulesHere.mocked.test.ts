import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Disposable } from '../../../../src/engine/disposable.js';
import { Emitter } from '../../../../src/engine/emitter.js';
import { silentLogger } from '../../../../src/engine/logger.js';
import { ResultsWriter } from '../../../../src/engine/resultsWriter.js';
import { tellModulesHere } from '../../../../src/host/machines/modulesHere.js';
import type { Notice } from '../../../../src/host/notice.js';
import type { SubmittedCommand } from '../../../../src/host/sessions/command.js';
import type { LanguageSession } from '../../../../src/host/sessions/languageSession.js';

const files = vi.hoisted(() => new Set<string>());

vi.mock('vscode', () => {
  const uri = (file: string) => ({ path: file, toString: () => `file://${file}` });
  const workspace = { uri: uri('/work') };
  return {
    l10n: {
      t: (text: string, ...values: string[]) => text.replace(/\{(\d)\}/g, (_, index) => values[Number(index)] ?? ''),
    },
    Uri: {
      parse: (text: string) => uri(text.replace('file://', '')),
      joinPath: (base: { path: string }, ...parts: string[]) => uri(path.posix.join(base.path, ...parts)),
    },
    workspace: {
      workspaceFolders: [workspace],
      getWorkspaceFolder: (file: { path: string }) => (file.path.startsWith('/work/') ? workspace : undefined),
      fs: {
        stat: (file: { path: string }) =>
          files.has(file.path) ? Promise.resolve({}) : Promise.reject(new Error('no')),
      },
    },
  };
});

const submitted = new Emitter<SubmittedCommand>();
const notices: Notice[] = [];
const place: { machine: string; folder?: string } = { machine: 'node7' };
const far = { process: { there: place } } as LanguageSession;
const near = { process: {} } as LanguageSession;
let told: Disposable | undefined;
let ids = 0;

beforeEach(() => {
  files.clear();
  notices.length = 0;
  told?.dispose();
  told = tellModulesHere({
    sessions: { onDidSubmit: submitted.event, find: (id) => (id === 'far' ? far : near) },
    notify: (notice) => notices.push(notice),
    log: silentLogger,
  });
});

/** Runs a command that fails, to the end of what follows from it. */
async function fail(
  message: string,
  { session = 'far', uri = 'file:///work/app/run.py', name = 'ModuleNotFoundError' } = {},
) {
  const id = ++ids;
  const writer = new ResultsWriter({ id, executionCount: id });
  const origin = { uri, firstLine: 0, lastLine: 0 };
  submitted.fire({
    source: 'import it',
    languageId: 'python',
    evaluator: 'python',
    session,
    origin,
    results: writer.results,
  });
  writer.settle({
    status: 'error',
    executionCount: id,
    durationMs: 0,
    error: { name, message, traceback: '', frames: [] },
  });
  await writer.results.wait();
  await new Promise((resolve) => setImmediate(resolve)); // after all that follows at once
}

test.each(['/work/app/utils.py', '/work/app/utils', '/work/utils.py', '/work/src/utils'])(
  'a module that the workspace has is named where a session elsewhere does not find it: %s',
  async (file) => {
    files.add(file);
    await fail("No module named 'utils'");
    await fail("No module named 'utils.parts'");
    expect(notices).toMatchObject([{ session: 'far', title: expect.stringContaining("'utils'") as string }]);
    expect(notices[0]?.detail).toContain(path.basename(file));
  },
);

test('nothing is said of modules that are not here, of sessions here, and of other errors', async () => {
  await fail("No module named 'numpy'");
  files.add('/work/utils.py');
  await fail("No module named 'utils'", { session: 'near' });
  await fail("No module named 'utils'", { name: 'ImportError' });
  await fail("No module named '../utils'");
  expect(notices).toEqual([]);
});

test('where the session has a folder, its files are offered to be sent', async () => {
  files.add('/work/app/utils.py');
  await fail("No module named 'utils'");
  expect(notices[0]?.actions).toEqual([]);
  place.folder = '/srv/project';
  files.add('/work/app/more.py');
  await fail("No module named 'more'");
  delete place.folder;
  const offered = { session: 'far', uri: 'file:///work/app/more.py' };
  expect(notices[1]?.actions).toMatchObject([{ vscodeCommand: 'extsession.sendSources', arguments: [offered] }]);
});
