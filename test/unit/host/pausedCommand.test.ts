import { expect, it } from 'vitest';
import type { ExtSession } from '../../../src/engine/extSession.js';
import { silentLogger } from '../../../src/engine/logger.js';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import type { LanguageSessionOptions } from '../../../src/host/sessions/languageSessionOptions.js';
import { type OpenSession, statusOf } from '../../../src/host/sessions/openSession.js';
import { Submissions } from '../../../src/host/sessions/submissions.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { FakeSession } from './fakeSession.js';

it('a session is paused while its command is stopped in the debugger, and no longer when that is over', async () => {
  const fake = new FakeSession();
  const launch = { interpreter: { path: '/usr/bin/python3', env: {} }, cwd: '/', reload: [], startup: {} };
  const open: OpenSession = { session: fake as unknown as ExtSession, launch, uri: undefined, keepAliveMs: 0 };
  const submissions = new Submissions({
    id: 'python',
    evaluator: 'python',
    transcript: new PanelModel(),
    log: silentLogger,
    isTrusted: () => true,
    columns: () => undefined,
    plotTheme: () => undefined,
    savesTranscript: () => true,
  } as unknown as LanguageSessionOptions);
  const state = (): string =>
    statusOf({ kind: 'open', ...open }, { isAsking: false, isPaused: submissions.isPaused }).state;

  const results = await submissions.submit({ source: 'work()', languageId: 'python' }, {}, () => Promise.resolve(open));
  const [writer] = fake.writers;
  if (!results || !writer) throw new Error('nothing was submitted');
  writer.start();
  fake.become('busy');
  expect(state()).toBe('busy');
  expect(submissions.pause(results, true)).toBe(true);
  expect(state()).toBe('paused');
  submissions.pause(results, false);
  expect(state()).toBe('busy');

  submissions.pause(results, true);
  writer.settle({ status: 'ok', executionCount: 1, durationMs: 1 });
  expect(state()).toBe('busy'); // the next command
  expect(submissions.pause(new ResultsWriter({ id: 1, executionCount: 1 }).results, true)).toBe(false);
});
