import * as vscode from 'vscode';
import type { InputRequest } from '../engine/worker/standardInput.js';
import { setContext } from './contextKeys.js';

interface BoxEnd {
  readonly text?: string;
  /** Whether the user has given it, or has ended the input, rather than that the box is gone. */
  readonly isAnswer: boolean;
}

/** What ends the input in each box that is shown, the newest last. */
const shown = new Set<() => void>();

/**
 * Prompts the user for input for `input()` or `getpass()` of the running command, where `panel/askForInput.ts` does not
 * ask in the panel. Escape is the end of input. A window that closes gives no answer: the next one asks again, if the
 * session goes on. When something else takes the place of the box, such as the Command Palette, `leave` is called, and
 * there is no answer; without it, the input has ended.
 */
export async function askInBox(request: InputRequest, leave?: () => void): Promise<string | undefined> {
  const { text, isAnswer } = await showBox(request);
  if (isAnswer) return text;
  if (await isWindowThere()) {
    if (!leave) return undefined;
    if (!request.signal.aborted) leave();
  }
  await aborted(request.signal);
  return undefined;
}

/** VS Code does not tell why it hides a box: a key of ours stands for Escape while one is shown. */
export function registerEndOfInput(): vscode.Disposable {
  return vscode.commands.registerCommand('extsession.input.end', () => {
    const endInput = [...shown].at(-1);
    if (endInput) endInput();
    else void vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  });
}

function showBox({ prompt, password, signal }: InputRequest): Promise<BoxEnd> {
  const box = vscode.window.createInputBox();
  box.title = vscode.l10n.t('Input for the running command');
  box.prompt = prompt.trim() || vscode.l10n.t('The running command is waiting for input.');
  box.password = password;
  box.ignoreFocusOut = true;
  return new Promise((resolve) => {
    const end = (how: BoxEnd): void => {
      resolve(how);
      signal.removeEventListener('abort', leave);
      shown.delete(endInput);
      setContext('extsession.asksInBox', shown.size > 0);
      box.dispose();
    };
    const leave = (): void => {
      end({ isAnswer: false });
    };
    const endInput = (): void => {
      end({ isAnswer: true });
    };
    box.onDidAccept(() => {
      end({ text: box.value, isAnswer: true });
    });
    box.onDidHide(leave);
    signal.addEventListener('abort', leave);
    shown.add(endInput);
    setContext('extsession.asksInBox', true);
    box.show();
    if (signal.aborted) leave();
  });
}

/**
 * VS Code also closes a box without an answer when its window is gone. Only the window itself can set a context key.
 */
async function isWindowThere(): Promise<boolean> {
  try {
    await vscode.commands.executeCommand('setContext', 'extsession.isActive', true);
    return true;
  } catch {
    return false;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener('abort', () => {
        resolve();
      });
  });
}
