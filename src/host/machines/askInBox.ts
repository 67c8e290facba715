import * as vscode from 'vscode';
import type { AskUser } from './askPass.js';

/** Asks what ssh wants to know in an input box. Nothing is stored. */
export const askForSsh: AskUser = async (prompt, { hidden, signal }) => {
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = (): void => {
    cancellation.cancel();
  };
  signal.addEventListener('abort', cancel);
  try {
    const options = { title: vscode.l10n.t('ssh'), prompt: prompt.trim(), password: hidden, ignoreFocusOut: true };
    return await vscode.window.showInputBox(options, cancellation.token);
  } finally {
    signal.removeEventListener('abort', cancel);
    cancellation.dispose();
  }
};
