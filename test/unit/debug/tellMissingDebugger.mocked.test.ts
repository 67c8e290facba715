import { beforeEach, expect, test, vi } from 'vitest';
import { tellMissingDebugger } from '../../../src/debug/tellMissingDebugger.js';

const user = vi.hoisted(() => ({ offered: [] as string[], chooses: undefined as string | undefined }));

vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  window: {
    showWarningMessage: (_text: string, ...titles: string[]) => {
      user.offered = titles;
      return Promise.resolve(user.chooses);
    },
  },
  commands: { executeCommand: () => Promise.resolve() },
}));

const execute = vi.fn(() => Promise.resolve(undefined));
const process = { pid: 1, cwd: '', keepAliveMs: 0 };

beforeEach(() => {
  execute.mockClear();
});

test('on another machine, debugpy is offered to be installed there, in the session', async () => {
  const session = { id: 'far', process: { ...process, there: { machine: 'node7' } }, execute };
  user.chooses = undefined;
  await tellMissingDebugger(session);
  expect([user.offered, execute.mock.calls]).toEqual([['Install debugpy'], []]);
  user.chooses = 'Install debugpy';
  await tellMissingDebugger(session);
  expect(execute).toHaveBeenCalledWith({ source: '%pip install debugpy', languageId: 'python', session: 'far' });
});

test('on this machine, it is the extension that brings it', async () => {
  user.chooses = 'Install Extension';
  await tellMissingDebugger({ id: 'python', process: process, execute });
  expect([user.offered, execute.mock.calls]).toEqual([['Install Extension'], []]);
});
