import * as vscode from 'vscode';
import type { OnInput } from '../engine/worker/standardInput.js';

/** Prompts the user for input for `input()` or `getpass()` of the running command. Escape is the end of input. */
export const askInBox: OnInput = async ({ prompt, password, signal }) => {
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = () => cancellation.cancel();
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  try {
    const options = {
      title: vscode.l10n.t('Input for the running command'),
      prompt: prompt.trim() || vscode.l10n.t('The running command is waiting for input.'),
      password,
      ignoreFocusOut: true,
    };
    return await vscode.window.showInputBox(options, cancellation.token);
  } finally {
    signal.removeEventListener('abort', cancel);
    cancellation.dispose();
  }
};
