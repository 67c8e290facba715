import * as vscode from 'vscode';
import type { Logger } from '../../../engine/logger.js';
import { onDidChangeFileVariables } from '../../interpreters/fileVariables.js';
import type { LaunchChange } from './launch.js';
import { onDidChangeSelected } from '../../interpreters/pythonExtension.js';
import type { LanguageSession } from '../languageSession.js';
import { onDidChangeSetting } from '../../settings.js';

/**
 * Offers to restart a session if it would now be started differently: with another interpreter, folder or environment.
 */
export function offerRestart(
  sessions: () => readonly Pick<LanguageSession, 'outdated' | 'restart'>[],
  log: Logger,
): vscode.Disposable {
  const offers = new WeakMap<object, Offer>();
  const offer = () => {
    for (const session of sessions()) {
      const made = offers.get(session) ?? new Offer(session);
      offers.set(session, made);
      made.make().catch((error: unknown) => log.error(String(error)));
    }
  };
  return vscode.Disposable.from(
    onDidChangeSetting('python.interpreterPath', offer),
    onDidChangeSetting('javascript.nodePath', offer),
    onDidChangeSetting('workingDirectory', offer),
    onDidChangeSetting('python.autoReload', offer),
    onDidChangeSetting('javascript.autoReload', offer),
    onDidChangeSetting('python.startup', offer),
    onDidChangeSetting('javascript.startup', offer),
    onDidChangeSelected(offer, log),
    onDidChangeFileVariables(offer),
  );
}

/** Asks one question at a time about one session. */
class Offer {
  readonly #sessions: Pick<LanguageSession, 'outdated' | 'restart'>;

  #isAsking = false;

  constructor(sessions: Pick<LanguageSession, 'outdated' | 'restart'>) {
    this.#sessions = sessions;
  }

  async make(): Promise<void> {
    const change = this.#isAsking ? undefined : await this.#sessions.outdated();
    if (!change || this.#isAsking) return;
    this.#isAsking = true;
    try {
      const restart = vscode.l10n.t('Restart Session');
      const chosen = await vscode.window.showInformationMessage(textOf(change), restart);
      if (chosen === restart && (await this.#sessions.outdated())) await this.#sessions.restart();
    } finally {
      this.#isAsking = false;
    }
  }
}

function textOf(change: LaunchChange): string {
  switch (change) {
    case 'interpreter':
      return vscode.l10n.t('A different interpreter is selected. Restart the session to use it.');
    case 'workingDirectory':
      return vscode.l10n.t('The working directory has changed. Restart the session to use it.');
    case 'environment':
      return vscode.l10n.t('Environment variables have changed. Restart the session to use them.');
    case 'autoReload':
      return vscode.l10n.t('The setting for reloading edited modules has changed. Restart the session to apply it.');
    case 'startup':
      return vscode.l10n.t('The startup commands have changed. Restart the session to run them.');
  }
}
