import * as vscode from 'vscode';
import type { OnInput } from '../engine/worker/standardInput.js';
import { showInputBox } from './showInputBox.js';

/**
 * Prompts the user for input for `input()` or `getpass()` of the running command. Escape is the end of input. A window
 * that closes gives no answer: the next one asks again, if the session goes on.
 */
export const askInBox: OnInput = async ({ prompt, password, signal }) => {
  const options = {
    title: vscode.l10n.t('Input for the running command'),
    prompt: prompt.trim() || vscode.l10n.t('The running command is waiting for input.'),
    password,
  };
  const text = await showInputBox(options, signal);
  if (text === undefined && !(await isWindowThere())) await aborted(signal);
  return text;
};

/** VS Code also closes a box without an answer when its window is gone. Only the window itself can set a context key. */
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
