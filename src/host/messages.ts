import * as vscode from 'vscode';
import type { ExtSession } from '../engine/extSession.js';
import type { ExitStatus } from '../engine/link/childProcess.js';
import { ExtSessionError, SessionGoneError } from '../engine/errors.js';
import { errorText, exitText } from './errorText.js';
import { noticeText, type Notice, type NoticeAction } from './notice.js';

export function deathNotice(status: ExitStatus): Notice {
  return {
    kind: 'died',
    title: vscode.l10n.t('The session ended: {0}', exitText(status)),
    detail: vscode.l10n.t('Its variables are lost. Run code to start a new session.'),
    actions: [restart(), showLog()],
  };
}

/** The session has ended while no window was there. */
export function endedAloneNotice(status: ExitStatus): Notice {
  const isInOrder = status.exitCode === 0;
  return {
    kind: 'info',
    title: vscode.l10n.t('The session ended while the window was closed.'),
    detail: isInOrder
      ? vscode.l10n.t('No window came back in time. The output until then is above. Run code to start a new session.')
      : vscode.l10n.t('{0}. The output until then is above. Run code to start a new session.', exitText(status)),
    actions: [
      {
        title: vscode.l10n.t('Open Settings'),
        vscodeCommand: 'workbench.action.openSettings',
        arguments: [{ query: '@id:extsession.sessions.keepAlive' }],
      },
      showLog(),
    ],
  };
}

/** Another window has taken the session over, or the connection to its machine is lost. */
export function elsewhereNotice(reason: ExtSession['detachment']): Notice {
  if (reason === 'lost') {
    return {
      kind: 'died',
      title: vscode.l10n.t('The connection to the machine was lost.'),
      detail: vscode.l10n.t('The session continues there. Trying to connect again.'),
      actions: [showLog()],
    };
  }
  return {
    kind: 'info',
    title: vscode.l10n.t('The session continues in another window.'),
    detail: vscode.l10n.t('Run code to start a new session in this window.'),
    actions: [],
  };
}

/** The session of a machine that does not answer now may go on there. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof SessionGoneError && error.reason === 'unreachable';
}

/** There was a session in the last window, but it cannot be continued. */
export function goneNotice(error: unknown): Notice {
  if (isUnreachable(error)) {
    const detail = vscode.l10n.t('The session may continue there. Attach it in the Sessions view later.');
    return { kind: 'info', title: errorText(error), detail, actions: [showLog()] };
  }
  const detail = vscode.l10n.t('Its variables are lost. Run code to start a new session.');
  return { kind: 'info', title: errorText(error), detail, actions: [showLog()] };
}

/** The user has stopped a session whose machine does not answer. */
export function stopsLaterNotice(): Notice {
  return {
    kind: 'info',
    title: vscode.l10n.t('The session cannot be stopped yet, because its machine does not respond.'),
    detail: vscode.l10n.t('It ends as soon as its machine can be reached. Until then, the Sessions view lists it.'),
    actions: [showLog()],
  };
}

/** The notice for a request that failed for a reason other than the user's own code. */
export function failureNotice(error: unknown): Notice {
  const helps = error instanceof ExtSessionError && error.code === 'NOT_INTERRUPTIBLE' ? [restart()] : [];
  return { kind: 'info', title: errorText(error), detail: '', actions: [...helps, showLog()] };
}

export function untrustedNotice(): Notice {
  return {
    kind: 'info',
    title: vscode.l10n.t('ExtSession does not run code in an untrusted workspace.'),
    detail: '',
    actions: [
      { title: vscode.l10n.t('Manage Workspace Trust'), vscodeCommand: 'workbench.trust.manage', primary: true },
    ],
  };
}

/** The file in the setting for startup commands cannot be read. */
export function missingStartupNotice(file: string, evaluator: string): Notice {
  return {
    kind: 'info',
    title: vscode.l10n.t("The startup file '{0}' cannot be read.", file),
    detail: vscode.l10n.t('The session has started without it.'),
    actions: [
      {
        title: vscode.l10n.t('Open Settings'),
        vscodeCommand: 'workbench.action.openSettings',
        arguments: [{ query: `@id:extsession.${evaluator}.startup` }],
        primary: true,
      },
    ],
  };
}

/** Shows a notice as a VS Code message, with its actions as buttons. */
export async function showMessage(notice: Notice): Promise<void> {
  const show = notice.kind === 'info' ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
  const titles = notice.actions.map(({ title }) => title);
  const chosen = await show(noticeText(notice), ...titles);
  const action = notice.actions.find(({ title }) => title === chosen);
  if (action) await vscode.commands.executeCommand(action.vscodeCommand, ...(action.arguments ?? []));
}

function restart(): NoticeAction {
  return { title: vscode.l10n.t('Restart Session'), vscodeCommand: 'extsession.restartSession', primary: true };
}

export function showLog(): NoticeAction {
  return { title: vscode.l10n.t('Show Log'), vscodeCommand: 'extsession.showLog' };
}
