import { beforeEach, expect, it, vi } from 'vitest';
import { askInBox } from '../../../src/host/askInBox.js';

const { window, commands } = vi.hoisted(() => ({
  window: { showInputBox: vi.fn<() => Promise<string | undefined>>() },
  commands: { executeCommand: vi.fn<() => Promise<void>>() },
}));
vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  CancellationTokenSource: class {
    readonly token = {};
    readonly cancel = vi.fn();
    readonly dispose = vi.fn();
  },
  window,
  commands,
}));

let cancel: AbortController;
let answered: string | undefined;
const ask = (): Promise<void> =>
  askInBox({ prompt: 'Who?', password: false, signal: cancel.signal }).then((text) => void (answered = text));

beforeEach(() => {
  cancel = new AbortController();
  answered = 'not';
  commands.executeCommand.mockResolvedValue();
});

it('answers with the line, and with the end of input when the user cancels', async () => {
  window.showInputBox.mockResolvedValue('Ada');
  await ask();
  expect(answered).toBe('Ada');
  window.showInputBox.mockResolvedValue(undefined);
  await ask();
  expect(answered).toBeUndefined();
});

it('does not answer when the box is gone because the window is', async () => {
  window.showInputBox.mockResolvedValue(undefined);
  commands.executeCommand.mockRejectedValue(new Error('Canceled'));
  const asking = ask();
  await new Promise((resolve) => setImmediate(resolve));
  expect(answered).toBe('not');
  cancel.abort();
  await asking;
});
