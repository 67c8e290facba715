import * as vscode from 'vscode';
import { survivalText } from './survivalText.js';
import type { WindowSessions } from './windowSessions.js';

const KEY = 'toldOfGoingOn';

/** Tells the user, once, what becomes of a command that runs when the window closes: VS Code does not allow to ask then. */
export function tellOnceOfGoingOn(sessions: WindowSessions, memory: vscode.Memento): void {
  const process = sessions.all.flatMap(({ process }) => (process?.running ? [process] : []))[0];
  if (!process || memory.get(KEY)) return;
  void memory.update(KEY, true);
  const settings = vscode.l10n.t('Open Settings');
  const text = vscode.l10n.t('The running command continued while the window was closed.');
  void vscode.window.showInformationMessage(`${text} ${survivalText(process.keepAliveMs)}`, settings).then((chosen) => {
    if (chosen !== settings) return;
    void vscode.commands.executeCommand('workbench.action.openSettings', '@id:extsession.sessions.keepAlive');
  });
}
