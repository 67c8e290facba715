import * as vscode from 'vscode';
import type { Logger } from '../engine/logger.js';
import { onDidChangeSelected } from './pythonExtension.js';
import type { Sessions } from './sessions.js';
import { onDidChangeSetting } from './settings.js';

/** Offers to restart the session when another Python is selected than the one that runs. */
export function offerRestart(sessions: Pick<Sessions, 'isOutdated' | 'restart'>, log: Logger): vscode.Disposable {
  let isAsking = false;
  const offer = async () => {
    if (isAsking || !(await sessions.isOutdated())) return;
    isAsking = true;
    try {
      const restart = vscode.l10n.t('Restart Session');
      const question = vscode.l10n.t('Another Python is selected now. The session takes it when it restarts.');
      const chosen = await vscode.window.showInformationMessage(question, restart);
      if (chosen === restart && (await sessions.isOutdated())) await sessions.restart();
    } finally {
      isAsking = false;
    }
  };
  const offerOnce = () => {
    offer().catch((error: unknown) => log.error(String(error)));
  };
  return vscode.Disposable.from(
    onDidChangeSetting('python.interpreterPath', offerOnce),
    onDidChangeSelected(offerOnce, log),
  );
}
