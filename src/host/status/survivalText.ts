import * as vscode from 'vscode';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** What a session outlives, by how long it waits for a window. */
export function survivalText(keepAliveMs: number): string {
  if (keepAliveMs === 0) return vscode.l10n.t('Ends with its window.');
  if (keepAliveMs === Infinity) return vscode.l10n.t('Continues without a window until you stop it.');
  if (keepAliveMs >= DAY_MS) {
    const days = Math.round(keepAliveMs / DAY_MS);
    return days === 1
      ? vscode.l10n.t('Continues for a day without a window.')
      : vscode.l10n.t('Continues for {0} days without a window.', String(days));
  }
  const minutes = String(Math.round(keepAliveMs / MINUTE_MS));
  return vscode.l10n.t('Continues when the window is reloaded, and ends {0} minutes after it has closed.', minutes);
}
