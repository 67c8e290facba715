import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { silentLogger } from '../../../src/engine/logger.js';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import type { LanguageSessionOptions } from '../../../src/host/sessions/languageSessionOptions.js';
import type { OpenSession } from '../../../src/host/sessions/openSession.js';
import { Submissions } from '../../../src/host/sessions/submissions.js';

vi.mock('vscode', () => ({}));

test('a text whose session cannot be started meanwhile fails in its turn, for whoever has shown it', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  const origin = { uri: 'file:///notes.py', firstLine: 0, lastLine: 0 };
  const submissions = new Submissions({
    log: silentLogger,
    isTrusted: () => true,
    followOrigin: () => ({ origin, dispose: () => undefined }),
  } as unknown as LanguageSessionOptions);
  const turn = new EventTarget();
  const began = once(turn, 'over').then(() => undefined);
  const first = submissions.submit({ source: '1', languageId: 'python' }, {}, () => began);
  const text = { markdown: 'after', languageId: 'python', origin };
  const shown = submissions.show(text, Promise.reject(new Error('There is no Python.')));
  await setImmediate(); // by then, Node.js has told of what nobody handles
  turn.dispatchEvent(new Event('over'));
  await Promise.all([first, expect(shown).rejects.toThrow('There is no Python.')]);
  expect(unhandled).toEqual([]);
});

test.each([
  ['~/project', { filename: '/home/ada/work/a/b.py', firstLine: 4, fileThere: '/srv/project/a/b.py' }],
  ['', { filename: '/home/ada/work/a/b.py', firstLine: 4 }], // the folder that the machine has chosen stands for none
])('a file has its place in the folder of a session on another machine: "%s"', async (cwd, place) => {
  const origin = { uri: 'file:///home/ada/work/a/b.py', firstLine: 3, lastLine: 3 };
  const submissions = new Submissions({
    log: silentLogger,
    isTrusted: () => true,
    followOrigin: () => ({ origin, dispose: () => undefined }),
    foldersHere: () => ['/home/ada/work'],
    plotTheme: () => undefined,
    columns: () => undefined,
    transcript: { add: () => undefined },
  } as unknown as LanguageSessionOptions);
  const execute = vi.fn(() => new ResultsWriter({ id: 1, executionCount: 1 }).results);
  const open = {
    session: { execute, info: { cwd: '/srv/project' } },
    launch: { cwd, interpreter: { env: {}, machine: { name: 'node7', command: ['ssh', 'node7'] } } },
  } as unknown as OpenSession;
  await submissions.submit({ source: '1', languageId: 'python', origin }, {}, () => Promise.resolve(open));
  expect(execute).toHaveBeenCalledExactlyOnceWith('1', expect.objectContaining(place));
  const [[, options] = []] = execute.mock.calls as unknown as [string, object][];
  expect(Object.hasOwn(options ?? {}, 'fileThere')).toBe(cwd !== '');
});
