import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { silentLogger } from '../../../src/engine/logger.js';
import type { LanguageSessionOptions } from '../../../src/host/sessions/languageSessionOptions.js';
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
