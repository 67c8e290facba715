import * as vscode from 'vscode';

/** Shows an input box, which the signal closes without an answer. It stays open when the focus moves. */
export async function showInputBox(options: vscode.InputBoxOptions, signal: AbortSignal): Promise<string | undefined> {
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = (): void => {
    cancellation.cancel();
  };
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  try {
    return await vscode.window.showInputBox({ ...options, ignoreFocusOut: true }, cancellation.token);
  } finally {
    signal.removeEventListener('abort', cancel);
    cancellation.dispose();
  }
}
