import * as vscode from 'vscode';
import type { Disposable } from '../../engine/disposable.js';
import { after } from '../../engine/deadline.js';
import { survivalText } from '../status/survivalText.js';
import type { WindowSessions } from './windowSessions.js';

const KEY = 'toldOfGoingOn';
/** Within which it is known whether a command of the last window still runs. */
const NEWS_MS = 3000;

/**
 * Tells the user, once, what becomes of a command that runs when the window closes. VS Code does not let an extension
 * ask at that time, so the next window says it.
 */
export function tellOnceOfGoingOn(sessions: WindowSessions, memory: vscode.Memento): Disposable {
  if (memory.get(KEY)) return { dispose: () => undefined };
  const openedAt = Date.now();
  const subscription = sessions.onDidChangeSession(({ process }) => {
    if (!process?.running || process.running.startedAt > openedAt) return;
    end.dispose();
    void memory.update(KEY, true);
    void tell(process.keepAliveMs);
  });
  const timer = after(NEWS_MS, () => {
    subscription.dispose();
  });
  const end = { dispose: () => [subscription, timer].forEach((each) => each.dispose()) };
  return end;
}

async function tell(keepAliveMs: number): Promise<void> {
  const settings = vscode.l10n.t('Open Settings');
  const text = vscode.l10n.t('The running command continued while the window was closed.');
  const chosen = await vscode.window.showInformationMessage(`${text} ${survivalText(keepAliveMs)}`, settings);
  if (chosen !== settings) return;
  await vscode.commands.executeCommand('workbench.action.openSettings', '@id:extsession.sessions.keepAlive');
}
