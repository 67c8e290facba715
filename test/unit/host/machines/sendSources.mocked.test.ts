import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CommandContext } from '../../../../src/commands/commandContext.js';
import { sendSources } from '../../../../src/commands/sessions/sendSources.js';
import { isSent } from '../../../../src/host/machines/sourcesHere.js';
import { ExtSession } from '../../../../src/library.js';
import { testPythons } from '../../../support/pythons.js';

interface Item {
  readonly label: string;
  readonly description: string;
  readonly picked: boolean;
}

const window = vi.hoisted(() => ({
  folder: '',
  /** What the user leaves chosen. */
  choose: (items: readonly Item[]): readonly Item[] | undefined => items,
  offered: [] as string[],
  told: [] as string[],
  /** What VS Code finds in a folder that is no repository. */
  found: [] as string[],
}));

vi.mock('vscode', () => {
  const uri = (file: string) => ({ path: file, fsPath: file, scheme: 'file' });
  const show = (text: string): Promise<undefined> => {
    window.told.push(text);
    return Promise.resolve(undefined);
  };
  return {
    l10n: { t: (text: string, ...values: string[]) => text.replace(/\{(\d)\}/g, (_, at) => values[Number(at)] ?? '') },
    ProgressLocation: { Notification: 15 },
    RelativePattern: vi.fn(),
    Uri: { parse: uri },
    workspace: {
      get workspaceFolders() {
        return [{ name: 'here', uri: uri(window.folder) }];
      },
      getWorkspaceFolder: () => ({ name: 'here', uri: uri(window.folder) }),
      findFiles: () => Promise.resolve(window.found.map(uri)),
    },
    window: {
      activeTextEditor: undefined,
      showInformationMessage: show,
      showErrorMessage: show,
      showQuickPick: (items: readonly Item[]) => {
        window.offered = items.map(({ label, description, picked }) => `${label}: ${description}, ${String(picked)}`);
        return Promise.resolve(window.choose(items));
      },
      withProgress: (_options: object, work: (progress: object, token: object) => Promise<unknown>) =>
        work({ report: () => undefined }, { onCancellationRequested: () => undefined }),
    },
  };
});

const onPosix = test.skipIf(process.platform === 'win32');
let root: string;
let there: string;
let session: ExtSession;
let executed: string[] = [];

beforeEach(async () => {
  if (process.platform === 'win32') return;
  [window.choose, window.offered, window.told, window.found, executed] = [(items) => items, [], [], [], []];
  root = mkdtempSync(path.join(tmpdir(), 'sources-'));
  [window.folder, there] = [path.join(root, 'here'), path.join(root, 'there')];
  for (const folder of [window.folder, there]) mkdirSync(folder);
  const interpreter = testPythons()[0]?.executable ?? 'python3';
  session = await ExtSession.start({ interpreter, commandPrefix: ['env'], cwd: there });
});
afterEach(async () => {
  if (process.platform === 'win32') return;
  await session.exit();
  rmSync(root, { recursive: true });
});

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

async function send(module?: string, folder: string | undefined = session.info.cwd): Promise<void> {
  const target = {
    id: 'far',
    evaluator: 'python',
    live: () => session,
    process: { there: { machine: 'node7', ...(folder === '' ? {} : { folder }) } },
    execute: ({ source }: { source: string }) => Promise.resolve(void executed.push(source)),
  };
  const context = { sessions: { find: () => target, current: target }, log: { warn: () => undefined } };
  const argument = module === undefined ? undefined : { session: 'far', uri: path.join(window.folder, module) };
  await sendSources(context as unknown as CommandContext, argument);
}

onPosix('only Python files that differ there are offered and sent, and those that Git ignores are not', async () => {
  execFileSync('git', ['init', '-q', window.folder]);
  const sources = { 'pkg/new.py': 'x = "é"\r\n', 'changed.py': 'here', 'same.py': 'same', 'left.py': 'left' };
  const others = {
    '.env': 'A=1',
    'key.pem': 'k',
    'secrets.py': 's',
    'ignored.py': 'i',
    '.venv/lib/a.py': 'v',
    'a.txt': 't',
  };
  write(window.folder, { ...sources, ...others, '.gitignore': 'ignored.py\n' });
  write(there, { 'changed.py': 'there', 'same.py': 'same', 'other.py': 'there only' });
  window.choose = (items) => items.filter(({ label }) => label !== 'left.py');
  await session.execute('try:\n    import pkg.new\nexcept ImportError: pass').wait(); // Python has looked into the folder
  await send('pkg/new.py');
  expect(window.offered).toEqual([
    'changed.py: replaces another version there, true',
    'left.py: new, true',
    'pkg/new.py: new, true',
  ]);
  expect(readdirSync(there, { recursive: true }).toSorted()).toEqual(
    ['changed.py', 'other.py', 'pkg', 'pkg/new.py', 'same.py'].toSorted(),
  );
  expect(readFileSync(path.join(there, 'pkg/new.py'), 'utf8')).toBe('x = "é"\r\n');
  expect(readFileSync(path.join(there, 'changed.py'), 'utf8')).toBe('here');
  expect(window.told).toEqual(['The files have been sent to node7. Run the code again.']);
  expect(executed).toEqual([`import sys; sys.path.insert(0, "${path.join(session.info.cwd ?? '', 'pkg')}")`]);
  expect(await session.evaluate('__import__("pkg.new").new.x')).toBe('é');
});

onPosix('nothing is sent that the user has not confirmed, and nothing that is there', async () => {
  write(window.folder, { 'a.py': 'a = 1\n' });
  window.found = [path.join(window.folder, 'a.py')];
  window.choose = () => undefined;
  await send('a.py');
  expect([window.offered.length, existsSync(path.join(there, 'a.py'))]).toEqual([1, false]);
  window.choose = (items) => items;
  await send('a.py');
  window.offered = [];
  await send('a.py');
  expect(window.offered).toEqual([]);
  expect(window.told.at(-1)).toBe("The Python files of 'here' are on node7 already.");
  expect(executed).toEqual([]); // a session in that folder finds it
});

onPosix('a file that cannot be written is named with its reason, and too many are not looked at', async () => {
  write(window.folder, { 'sub/a.py': 'a = 1\n' });
  write(there, { sub: 'a file, where a folder is to be' });
  window.found = [path.join(window.folder, 'sub/a.py')];
  await send('sub/a.py');
  expect(window.told).toEqual([
    expect.stringMatching(/^'sub\/a\.py' could not be written on node7: .*(Errno 17|Errno 20)/),
  ]);
  window.found = Array.from({ length: 1001 }, (_, at) => path.join(window.folder, `${String(at)}.py`));
  await send();
  expect(window.told.at(-1)).toContain('too many Python files');
  await send(undefined, '');
  expect(window.told.at(-1)).toContain('Select a Python session that runs in a folder of another machine');
});

test.each([
  ['a.py', true],
  ['pkg/tokens.py', true],
  ['pkg/venv.py', true],
  ['.hidden.py', false],
  ['.git/hooks/a.py', false],
  ['node_modules/x/a.py', false],
  ['venv/bin/a.py', false],
  ['conda/lib/python3.12/json/decoder.py', false],
  ['my_credentials.py', false],
  ['id_rsa', false],
  ['data.csv', false],
])('%s is offered: %s', (name, isOffered) => {
  expect(isSent(name)).toBe(isOffered);
});
