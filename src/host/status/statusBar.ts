import * as vscode from 'vscode';
import type { OpenProcess } from '../sessions/openSession.js';
import { survivalText } from './survivalText.js';
import type { SessionStatus } from '../sessions/sessionStatus.js';
import { stateIcon } from './stateIcon.js';
import { stateText } from './stateText.js';

/** The state of the session in the status bar, shown when a session exists. A click opens the panel. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('extsession.status', vscode.StatusBarAlignment.Right, 100);

  constructor() {
    this.#item.name = vscode.l10n.t('ExtSession');
    this.#item.command = 'extsession.openPanel';
  }

  show(status: SessionStatus, process?: Pick<OpenProcess, 'keepAliveMs'>): void {
    if (status.state === 'none') {
      this.#item.hide();
      return;
    }
    const state = stateText(status);
    const label = status.interpreterLabel ?? status.title;
    this.#item.text = `$(${stateIcon(status)}) ${label}`;
    this.#item.tooltip = [`${label}: ${state}`, status.interpreterPath, process && survivalText(process.keepAliveMs)]
      .filter(Boolean)
      .join('\n');
    this.#item.accessibilityInformation = { label: vscode.l10n.t('ExtSession {0}: {1}', label, state) };
    this.#item.backgroundColor =
      status.state === 'dead' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
