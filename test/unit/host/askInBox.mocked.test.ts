import { setImmediate } from 'node:timers/promises';
import { beforeEach, expect, it, vi } from 'vitest';
import { askInBox, registerEndOfInput } from '../../../src/host/askInBox.js';
import { eventually } from '../../support/eventually.js';

/** Of VS Code: one box at a time, and keys. */
const window = vi.hoisted(() => ({
  boxes: [] as { value: string; accept: () => void; hide: () => void }[],
  contexts: new Map<string, unknown>(),
  isThere: true,
  keys: new Map<string, () => void>(),
  closed: 0,
}));

vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  window: {
    createInputBox: () => {
      const box = { value: '', accept: (): unknown => undefined, hide: (): unknown => undefined };
      return Object.assign(box, {
        onDidAccept: (listener: () => void) => (box.accept = listener),
        onDidHide: (listener: () => void) => (box.hide = listener),
        show: () => {
          window.boxes.at(-1)?.hide();
          window.boxes.push(box);
        },
        dispose: () => {
          const { hide } = box;
          box.hide = () => undefined;
          hide();
        },
      });
    },
  },
  commands: {
    registerCommand: (id: string, key: () => void) => window.keys.set(id, key),
    executeCommand: (id: string, context: string, value: unknown) => {
      if (id === 'setContext') window.contexts.set(context, value);
      else window.closed++;
      return window.isThere ? Promise.resolve() : Promise.reject(new Error('Canceled'));
    },
  },
}));

registerEndOfInput();
const escape = (): void => window.keys.get('extsession.input.end')?.();

let cancel: AbortController;
let answered: string | undefined;
let left: number;
const ask = (): Promise<void> =>
  askInBox({ prompt: 'Who?', password: false, signal: cancel.signal }, () => left++).then(
    (text) => void (answered = text),
  );

beforeEach(() => {
  cancel = new AbortController();
  [answered, left] = ['not', 0];
  window.boxes.length = 0;
  window.isThere = true;
});

it('answers with the line', async () => {
  const asking = ask();
  expect(window.contexts.get('extsession.asksInBox')).toBe(true);
  const [box] = window.boxes;
  if (box) box.value = 'Ada';
  box?.accept();
  await asking;
  expect([answered, left]).toEqual(['Ada', 0]);
  expect(window.contexts.get('extsession.asksInBox')).toBe(false);
});

it('answers with the end of input for the Escape key, of the newest box', async () => {
  const older = new AbortController();
  const other = askInBox({ prompt: '', password: true, signal: older.signal }, () => undefined);
  const asking = ask();
  expect(window.contexts.get('extsession.asksInBox')).toBe(true);
  escape();
  await asking;
  expect([answered, left]).toEqual([undefined, 0]);
  older.abort();
  await other;
});

it('does not answer when something else takes the place of the box, and Escape closes that', async () => {
  const asking = ask();
  window.boxes[0]?.hide(); // as for the Command Palette
  await eventually(() => expect(left).toBe(1));
  const { closed } = window;
  escape();
  expect([answered, window.closed]).toEqual(['not', closed + 1]);
  cancel.abort();
  await asking;
});

it('does not answer when the box is gone because the window is', async () => {
  window.isThere = false;
  const asking = ask();
  window.boxes[0]?.hide();
  await setImmediate();
  expect([answered, left]).toEqual(['not', 0]);
  cancel.abort();
  await asking;
});

it('is gone when the line is not needed any more', async () => {
  const asking = ask();
  cancel.abort();
  await asking;
  expect([answered, left]).toEqual([undefined, 0]);
  expect(window.contexts.get('extsession.asksInBox')).toBe(false);
});
