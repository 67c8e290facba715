import { beforeEach, expect, it, vi } from 'vitest';
import type { ExtSession } from '../../../src/engine/extSession.js';
import { silentLogger } from '../../../src/engine/logger.js';
import type { ExtSessionOptions } from '../../../src/engine/sessionOptions.js';
import type { ExtensionAccess } from '../../../src/host/extensionAccess.js';
import { extensionExports } from '../../../src/host/extensionApi.js';
import { KeptSessions } from '../../../src/host/sessions/kept/keptSessions.js';
import type { EvaluatorOptions } from '../../../src/host/sessions/placedSession.js';
import { SessionBook } from '../../../src/host/sessions/sessionBook.js';
import { WindowSessions } from '../../../src/host/sessions/windowSessions.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { WindowSessionsOptions } from '../../../src/host/sessions/windowSessionsOptions.js';
import { FakeSession } from './fakeSession.js';
import { Kept } from './keptInMemory.js';

vi.mock('vscode', () => ({ l10n: { t: (text: string) => text }, window: {}, commands: {}, extensions: { all: [] } }));

const evaluator = (name: string, languageIds: readonly string[]): EvaluatorOptions => ({
  evaluator: name,
  languageName: { python: 'Python', javascript: 'JavaScript' }[name] ?? '',
  languageIds,
  findInterpreter: (uri) => Promise.resolve({ path: `usual of ${uri ?? 'nothing'}`, env: {} }),
  interpreterAt: (path) => Promise.resolve({ path, env: {} }),
  interpreterOn: ({ name, command }) => ({ env: {}, machine: { name, command } }),
  findStartup: () => Promise.resolve({}),
  reloadedModules: () => [],
});

const other = { id: 'f2', name: 'second', uri: 'file:///second' };
let model: PanelModel;
let started: { readonly options: ExtSessionOptions; readonly session: FakeSession }[];
let sessions: WindowSessions;

beforeEach(() => {
  model = new PanelModel();
  started = [];
  sessions = windowSessions();
});

function windowSessions(
  book = new SessionBook({ get: () => undefined, update: () => Promise.resolve() }, silentLogger),
  changed: Partial<WindowSessionsOptions> = {},
) {
  return new WindowSessions(
    {
      transcript: model,
      book,
      log: silentLogger,
      firstFolder: () => 'trips',
      start: (options) => {
        const session = new FakeSession();
        started.push({ options, session });
        return Promise.resolve(session as unknown as ExtSession);
      },
      attach: () => Promise.reject(new Error('There is none.')),
      kept: new KeptSessions('', undefined, silentLogger),
      keepAliveMs: () => 0,
      keepRunningMs: () => undefined,
      savesTranscript: () => false,
      workingDirectory: (uri) => `folder of ${uri ?? 'nothing'}`,
      columns: () => undefined,
      plotTheme: () => undefined,
      foldersHere: () => [],
      followOrigin: (origin) => ({ origin, dispose: () => undefined }),
      ask: () => Promise.resolve(undefined),
      isTrusted: () => true,
      report: (notice) => {
        model.notify(notice);
      },
      warn: () => undefined,
      folders: () => [other],
      folderOf: (uri) => (uri.startsWith(other.uri) ? other : undefined),
      pathOf: (uri) => uri.replace('file://', ''),
      ...changed,
    },
    [evaluator('python', ['python']), evaluator('javascript', ['javascript', 'typescript'])],
  );
}

function run(source: string, uri = 'file:///first/a.py', languageId = 'python') {
  return sessions.execute({ source, languageId, origin: { uri, firstLine: 0, lastLine: 0 } });
}

const sources = (): string[] =>
  model.keys().flatMap((key) => {
    const entry = model.entry(key);
    return entry?.type === 'command' ? [entry.source] : [];
  });

it('has a default session for each language and workspace folder, and shows the one that runs code', async () => {
  await run('one');
  await run('again', 'file:///elsewhere.py');
  await run('two', 'file:///second/b.py');
  await run('three', 'file:///first/c.ts', 'typescript');
  expect(started.map(({ options: { evaluator: name, cwd } }) => [name, cwd])).toEqual([
    ['python', 'folder of file:///first/a.py'],
    ['python', 'folder of file:///second/b.py'],
    ['javascript', 'folder of file:///first/c.ts'],
  ]);
  expect(sources()).toEqual(['three']);
  sessions.lookAt('python', 'file:///second/b.py');
  expect([sources(), sessions.status.title]).toEqual([['two'], 'Python · second']);
  expect(model.status().sessions?.map(({ title }) => title)).toEqual([
    'Python · trips',
    'JavaScript · trips',
    'Python · second',
  ]);
});

it('shows the session again that the last window has shown, or one that runs something if that is not known', async () => {
  const reference = { version: 1, directory: '/tmp/s', secret: 's'.repeat(32), language: 'python', pid: 1 } as const;
  const launch = { interpreter: { path: '/usr/bin/python3', env: {} }, cwd: '/', reload: [], startup: {} } as const;
  const kept = new Kept();
  const attach = (): Promise<ExtSession> => {
    const session = new FakeSession();
    session.reference = reference;
    session.become(attached++ === 0 ? 'idle' : 'busy');
    return Promise.resolve(session as unknown as ExtSession);
  };
  let attached = 0;
  const memory = new Map<string, unknown>();
  const update = (key: string, value: unknown): Promise<void> => Promise.resolve(void memory.set(key, value));
  const book = new SessionBook({ get: (key) => memory.get(key), update }, silentLogger);
  const [idle, busy] = ['idle', 'busy'].map((name) => book.add({ evaluator: 'python', name }));
  for (const each of [idle, busy])
    kept.write(each?.id ?? '', { reference, launch, uri: undefined, title: each?.name ?? '', keepAliveMs: 1 });
  const next = windowSessions(book, { attach, kept: kept as unknown as KeptSessions });
  await next.resume();
  expect(next.status.title).toBe('busy');
  next.select(idle?.id ?? '');
  attached = 0;
  const last = windowSessions(book, { attach, kept: kept as unknown as KeptSessions });
  await last.resume();
  expect(last.status.title).toBe('idle');
});

it('starts a session that the user creates with its interpreter in its folder', async () => {
  const created = sessions.create({
    evaluator: 'python',
    name: 'train',
    interpreter: '/opt/python',
    folder: 'file:///data',
  });
  await created?.session();
  expect(started.map(({ options: { interpreter, cwd } }) => [interpreter, cwd])).toEqual([['/opt/python', '/data']]);
  expect(sessions.status).toMatchObject({ title: 'train', state: 'idle' });
});

it('runs the code of a file in the session that it is attached to, until it is detached', async () => {
  const created = sessions.create({ evaluator: 'python', name: 'train' });
  sessions.attach('file:///first/a.py', created?.id);
  expect(sessions.filesOf(created?.id ?? '')).toEqual(['file:///first/a.py']);
  await run('attached');
  expect(sessions.status.title).toBe('train');
  sessions.attach('file:///first/a.py', undefined);
  await run('detached');
  expect([sessions.status.title, sources()]).toEqual(['Python · trips', ['detached']]);
  expect(sessions.of('javascript', 'file:///first/a.py').evaluator).toBe('javascript');
});

it('runs a command in the session that it names, and in another one when that is gone', async () => {
  const created = sessions.create({ evaluator: 'python', name: 'train' });
  const command = { source: 'x', languageId: 'python', session: created?.id ?? '' };
  sessions.select('python');
  await sessions.execute(command);
  expect(sessions.status.title).toBe('train');
  await sessions.remove(command.session);
  await sessions.execute(command);
  expect(sessions.status.title).toBe('Python · trips');
});

it('removes a created session with its process and entries, but never a default one', async () => {
  const created = sessions.create({ evaluator: 'python', name: 'train' });
  await created?.session();
  await sessions.execute({ source: 'x', languageId: 'python', session: created?.id ?? '' });
  await sessions.remove(created?.id ?? '');
  await sessions.remove('python');
  expect(started[0]?.session.state).toBe('dead');
  expect([model.entries(), sessions.find('python')?.id, sessions.status.title]).toEqual([
    [],
    'python',
    'Python · trips',
  ]);
});

it('ends all sessions, and starts new ones for what runs next', async () => {
  await run('one');
  await run('two', 'file:///second/b.py');
  await sessions.stopAll();
  expect(started.map(({ session }) => session.state)).toEqual(['dead', 'dead']);
  await run('three');
  expect(started).toHaveLength(3);
});

it('keeps the name that the user gives to a session', () => {
  const values = new Map<string, unknown>();
  const memory = {
    get: (key: string): unknown => values.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
  };
  sessions = windowSessions(new SessionBook(memory, silentLogger));
  sessions.rename('python', 'main');
  expect(model.status().title).toBe('main');
  const created = sessions.create({ evaluator: 'python', name: 'train' });
  const next = windowSessions(new SessionBook(memory, silentLogger));
  expect([next.status.title, next.find(created?.id ?? '')?.status.title]).toEqual(['main', 'train']);
});

it('offers a title that no session has', () => {
  expect(sessions.unusedTitle('Python')).toBe('Python');
  for (let count = 0; count < 2; count++) sessions.create({ evaluator: 'python', name: sessions.unusedTitle('train') });
  expect(sessions.unusedTitle('train')).toBe('train 3');
});

it('lists all sessions to other extensions, each of which runs code in its own', async () => {
  const allowed = { require: () => Promise.resolve(), isAllowed: () => true } as unknown as ExtensionAccess;
  const api = extensionExports(sessions, allowed, () => undefined).getApi(1);
  const created = sessions.create({ evaluator: 'python', name: 'train' });
  const listed = await api.list();
  expect(listed.map(({ status }) => status.title)).toEqual(['Python · trips', 'JavaScript · trips', 'train']);
  const train = listed[2];
  sessions.select('javascript');
  await train?.execute('there');
  expect([sessions.status.title, sources()]).toEqual(['train', ['there']]);
  expect(await api.start('python')).toBe(listed[0]);
  await sessions.remove(created?.id ?? '');
  await expect(train?.execute('gone')).rejects.toMatchObject({ code: 'SESSION_DEAD' });
});
