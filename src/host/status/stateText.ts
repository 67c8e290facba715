import * as vscode from 'vscode';
import type { SessionStatus } from '../sessions/sessionStatus.js';

/** The state of a session in words. */
export function stateText({ state, death }: Pick<SessionStatus, 'state' | 'death'>): string {
  switch (state) {
    case 'none':
      return vscode.l10n.t('not started');
    case 'starting':
      return vscode.l10n.t('starting');
    case 'connecting':
      return vscode.l10n.t('connecting');
    case 'reconnecting':
      return vscode.l10n.t('reconnecting');
    case 'idle':
      return vscode.l10n.t('idle');
    case 'busy':
      return vscode.l10n.t('busy');
    case 'asking':
      return vscode.l10n.t('waiting for input');
    case 'paused':
      return vscode.l10n.t('paused');
    case 'interrupting':
      return vscode.l10n.t('interrupting');
    case 'restarting':
      return vscode.l10n.t('restarting');
    case 'dead':
      return death === undefined ? vscode.l10n.t('ended') : vscode.l10n.t('ended: {0}', death);
  }
}
