import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionGoneError } from '../../../src/engine/errors.js';
import { registerEvaluator } from '../../../src/engine/evaluator.js';
import type { ExtSession } from '../../../src/engine/extSession.js';
import { silentLogger } from '../../../src/engine/logger.js';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import type { AttachOptions, ExtSessionOptions } from '../../../src/engine/sessionOptions.js';
import type { OnInput } from '../../../src/engine/worker/standardInput.js';
import type { KeptSession, KeptSessions } from '../../../src/host/sessions/kept/keptSessions.js';
import { LanguageSession } from '../../../src/host/sessions/languageSession.js';
import { createPythonEvaluator } from '../../../src/evaluators/python/pythonEvaluator.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { FakeSession } from './fakeSession.js';
import { Kept } from './keptInMemory.js';
import { eventually } from '../../support/eventually.js';

vi.mock('vscode', () => ({ l10n: { t: (text: string) => text }, window: {}, commands: {} }));

const reference = { version: 1, directory: '/tmp/s', secret: 's'.repeat(32), language: 'python', pid: 1 } as const;
const launch = { interpreter: { path: '/usr/bin/python3', env: {} }, cwd: '/', reload: [], startup: {} } as const;
const left: KeptSession = { reference, launch, uri: undefined, title: 'trips', keepAliveMs: 600_000 };

registerEvaluator(createPythonEvaluator('/nowhere'));

let kept: Kept;
let model: PanelModel;
let fake: FakeSession;
let keepAliveMs: number;
let notices: string[];
let started: ExtSessionOptions[];
let attach: (options: AttachOptions) => Promise<FakeSession>;
let ask: OnInput;

let lead: Promise<void>;
beforeEach(() => {
  lead = Promise.resolve();
  kept = new Kept();
  model = new PanelModel();
  fake = new FakeSession();
  fake.reference = reference;
  keepAliveMs = 600_000;
  notices = [];
  started = [];
  attach = () => Promise.resolve(fake);
  ask = () => Promise.resolve(undefined);
});

function languageSession(): LanguageSession {
  return new LanguageSession({
    id: 'python',
    evaluator: 'python',
    title: 'trips',
    transcript: model,
    log: silentLogger,
    start: (options) => {
      started.push(options);
      return Promise.resolve(fake as unknown as ExtSession);
    },
    attach: (_reference, options) => attach(options) as unknown as Promise<ExtSession>,
    kept: kept as unknown as KeptSessions,
    keepAliveMs: () => keepAliveMs,
    keepRunningMs: () => undefined,
    savesTranscript: () => true,
    findInterpreter: () => Promise.resolve(launch.interpreter),
    findStartup: () => Promise.resolve({}),
    reloadedModules: () => [],
    workingDirectory: () => '/',
    columns: () => undefined,
    plotTheme: () => undefined,
    foldersHere: () => [],
    followOrigin: (origin) => ({ origin, dispose: () => undefined }),
    leadBreakpoints: async () => {
      await lead;
      return undefined;
    },
    ask: (request) => ask(request),
    isTrusted: () => true,
    report: ({ title }) => void notices.push(title),
    warn: () => undefined,
  });
}

it('shows commands and texts in the order in which they were sent, although a command has to wait', async () => {
  const session = languageSession();
  await session.session();
  let go = (): void => undefined;
  lead = new Promise((resolve) => (go = resolve));
  const origin = { uri: 'file:///notes.py', firstLine: 0, lastLine: 0 };
  const sent = [
    session.show({ markdown: 'before', languageId: 'python', origin }),
    session.execute({ source: 'between', languageId: 'python' }),
    session.show({ markdown: 'after', languageId: 'python', origin }),
  ];
  await sent[0];
  go();
  await Promise.all(sent);
  expect(model.entries().map((entry) => ('source' in entry ? entry.source : ''))).toEqual([
    'before',
    'between',
    'after',
  ]);
});

describe('a session that goes on without its window', () => {
  it('is kept while it runs, under its name, and no longer when it is stopped', async () => {
    const session = languageSession();
    await session.session();
    expect(kept.known.get('python')).toMatchObject({ reference, title: 'trips', keepAliveMs: 600_000 });
    session.rename('train');
    expect(kept.known.get('python')).toMatchObject({ title: 'train' });
    await session.stop();
    expect([kept.known.size, fake.state]).toEqual([0, 'dead']);
  });

  it('shows what a command of the last window has printed since its end, once there is anything', async () => {
    kept.known.set('python', left);
    const [silent, late] = [1, 2].map((id) => {
      const writer = new ResultsWriter({ id, executionCount: 0 });
      writer.settle({ status: 'ok', executionCount: 0, durationMs: 0 });
      return writer;
    });
    if (!silent || !late) throw new Error('There are two.');
    fake.continued = [silent.results, late.results];
    await languageSession().resume();
    late.add({ type: 'stream', name: 'stdout', text: 'of a child' });
    await eventually(() => {
      expect(model.entries()).toMatchObject([{ isLate: true, session: 'python', parts: [{ type: 'stdout' }] }]);
    });
  });

  it('asks again for the input that a command of the last window waits for, once that command is shown', async () => {
    kept.known.set('python', left);
    const { results } = new ResultsWriter({ id: 1, executionCount: 1 });
    fake.resumed = [results];
    const signal = new AbortController().signal;
    let answer: Promise<string | undefined> | undefined;
    attach = ({ onInput }) => {
      answer = onInput?.({ prompt: 'Who?', password: false, signal, results });
      return Promise.resolve(fake);
    };
    ask = () => Promise.resolve(String(model.records().length));
    await languageSession().resume();
    expect(await answer).toBe('1');
  });

  it('is left when the window closes, once the transcript is saved', async () => {
    const session = languageSession();
    await session.session();
    let save!: () => void;
    const leaving = session.leave(new Promise((resolve) => (save = resolve)));
    await Promise.resolve();
    expect(fake.detachment).toBeUndefined();
    save();
    await leaving;
    expect([fake.detachment, kept.known.size]).toEqual(['detached', 1]);
  });

  it('is continued by the next window, and says when it has ended in the meantime', async () => {
    kept.write('python', left);
    const session = languageSession();
    await session.resume();
    expect(session.status.state).toBe('idle');
    fake.hasEndedAlone = true;
    fake.die({ exitCode: 0, signal: null });
    await eventually(() => expect(notices).toEqual(['The session ended while the window was closed.']));
    expect([session.status.state, kept.known.size]).toEqual(['dead', 0]);
  });

  it('is not there any more, which the next window says', async () => {
    kept.write('python', left);
    attach = () => Promise.reject(new SessionGoneError('ended'));
    const session = languageSession();
    await session.resume();
    expect([session.status.state, kept.known.size, notices.length]).toEqual(['none', 0, 1]);
  });

  it('is not forgotten while its machine cannot be reached', async () => {
    kept.write('python', left);
    attach = () => Promise.reject(new SessionGoneError('unreachable'));
    await languageSession().resume();
    expect([notices, kept.released, kept.known.size]).toEqual([
      ['The machine of the session cannot be reached.'],
      ['python'],
      1,
    ]);
  });

  it('is connecting until it is attached, and is asked about names after that', async () => {
    let letAttach: (session: FakeSession) => void = () => undefined;
    attach = () => new Promise((resolve) => (letAttach = resolve));
    kept.write('python', left);
    const session = languageSession();
    const resumed = session.resume();
    expect(session.status.state).toBe('connecting');
    const asked = session.connected();
    letAttach(fake);
    expect(await asked).toBe(fake);
    await resumed;
    expect(session.status.state).toBe('idle');
  });

  it('is attached again when the connection to its machine was lost', async () => {
    const session = languageSession();
    await session.session();
    const lost = fake;
    fake = new FakeSession();
    fake.reference = lost.reference;
    lost.lose('lost');
    expect(notices).toEqual(['The connection to the machine was lost.']);
    await eventually(() => expect(session.status.state).toBe('idle'));
    expect([await session.session(), started.length, kept.known.size]).toEqual([fake, 1, 1]);
  });

  it('is tried again while its machine cannot be reached, until the user stops that', async () => {
    let attempts = 0;
    attach = () => {
      attempts++;
      return Promise.reject(new SessionGoneError('unreachable'));
    };
    const session = languageSession();
    await session.session();
    fake.lose('lost');
    await eventually(() => expect(attempts).toBe(2));
    await session.interrupt();
    await eventually(() => expect(session.status.state).toBe('none'));
    expect([notices, kept.known.size]).toEqual([['The connection to the machine was lost.'], 1]);
    expect(kept.toBeStopped).toEqual([]);
  });

  it('is stopped later if it is out of reach when the user stops it', async () => {
    attach = () => Promise.reject(new SessionGoneError('unreachable'));
    fake.reference = { ...reference, commandPrefix: ['ssh', 'node7'] };
    const session = languageSession();
    await session.session();
    fake.lose('lost');
    await eventually(() => expect(session.status.state).toBe('reconnecting'));
    await session.stop();
    await eventually(() => expect(kept.toBeStopped).toEqual(['trips']));
    expect(notices).toEqual([
      'The connection to the machine was lost.',
      'The session cannot be stopped yet, because its machine does not respond.',
    ]);
  });

  it('is stopped later if nothing is heard of its end', async () => {
    fake.reference = { ...reference, commandPrefix: ['ssh', 'node7'] };
    const session = languageSession();
    await session.session();
    fake.exit = () => Promise.resolve({ exitCode: null, signal: null });
    await session.stop();
    expect([kept.toBeStopped, notices]).toEqual([
      ['trips'],
      ['The session cannot be stopped yet, because its machine does not respond.'],
    ]);
    fake = new FakeSession();
    fake.reference = { ...reference, commandPrefix: ['ssh', 'node7'] };
    await session.session();
    await session.stop();
    expect(kept.toBeStopped).toHaveLength(1);
  });

  it('is lost to a window that attaches later, and stays that of the other one', async () => {
    const session = languageSession();
    await session.session();
    fake.lose();
    expect(notices).toEqual(['The session continues in another window.']);
    expect([session.status.state, kept.released, kept.known.size]).toEqual(['none', ['python'], 1]);
    fake = new FakeSession();
    await session.session();
    expect([session.status.state, started.length]).toEqual(['idle', 2]);
  });

  it('is taken over from another window under its reference', async () => {
    const session = languageSession();
    await session.resume({ ...left, title: 'theirs' });
    expect([session.status.state, kept.known.get('python')?.reference]).toEqual(['idle', reference]);
  });

  it('starts anew with a restart after the setting has changed', async () => {
    const session = languageSession();
    await session.session();
    const first = fake;
    fake = new FakeSession();
    keepAliveMs = 0;
    await session.restart();
    expect(first.state).toBe('dead');
    expect(started.map(({ keepAlive }) => keepAlive)).toEqual([true, undefined]);
    expect([session.process?.keepAliveMs, kept.known.size]).toEqual([0, 0]);
  });

  it('tells what runs and since when', async () => {
    const session = languageSession();
    const results = await session.execute({ source: 'train()', languageId: 'python' });
    expect(session.process?.running).toBeUndefined();
    fake.writers[0]?.start();
    expect(session.process?.running).toEqual({ source: 'train()', startedAt: results?.startedAt });
    fake.writers[0]?.settle({ status: 'ok', executionCount: 1, durationMs: 1 });
    await eventually(() => expect(session.process?.running).toBeUndefined());
  });
});
