import * as vscode from 'vscode';

/**
 * Shows a notification with a Cancel button, which aborts the signal, until the work is done. `report` tells how much
 * of it is done, from 0 to 1, and `say` what it does. Resolves with undefined if the work fails because of the button.
 */
export function cancellableProgress<Result>(
  title: string,
  work: (signal: AbortSignal, report: (share: number) => void, say: (text: string) => void) => Promise<Result>,
): Thenable<Result | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    const cancelled = new AbortController();
    token.onCancellationRequested(() => {
      cancelled.abort();
    });
    let reported = 0;
    const report = (share: number): void => {
      progress.report({ increment: 100 * (share - reported) });
      reported = share;
    };
    const say = (message: string): void => {
      progress.report({ message });
    };
    return work(cancelled.signal, report, say).catch((error: unknown) => {
      if (!cancelled.signal.aborted) throw error;
      return undefined;
    });
  });
}
