import * as vscode from 'vscode';
import type { ExitStatus } from '../engine/childProcess.js';
import { EvaluatorNotFoundError, EvaluatorStartError, ExtSessionError } from '../engine/errors.js';
import type { Notice, NoticeAction } from './transcript.js';

const { t } = vscode.l10n;

/** Such as 'SIGSEGV' or 'exit code 3'. */
export function describeDeath({ exitCode, signal }: ExitStatus): string {
  if (signal !== null) return signal;
  return exitCode === null ? t('unknown cause') : t('exit code {0}', exitCode);
}

export function deathNotice(status: ExitStatus): Notice {
  return {
    kind: 'died',
    title: t('The session ended: {0}', describeDeath(status)),
    detail: t('Its variables are gone. The next run starts a new session.'),
    actions: [restart(), showLog()],
  };
}

/** Why no session could be started, and what helps. */
export function startFailureNotice(error: unknown): Notice {
  if (error instanceof EvaluatorNotFoundError) {
    const isPath = /[/\\]/.test(error.interpreter);
    return {
      kind: 'startFailed',
      title: t('No Python found'),
      detail: isPath
        ? t('There is no Python at {0}. Select another one, or install it and run again.', error.interpreter)
        : t('There is no {0} on PATH. Select a Python, or install one and run again.', error.interpreter),
      actions: [selectInterpreter(), installPython(), showLog()],
    };
  }
  return {
    kind: 'startFailed',
    title: error instanceof EvaluatorStartError ? t('Python did not start') : t('The session did not start'),
    detail: describeError(error),
    actions: [selectInterpreter(), showLog()],
  };
}

/** What a failed request comes to, when the person's own code is not the reason. */
export function failureNotice(error: unknown): Notice {
  const helps = error instanceof ExtSessionError && error.code === 'NOT_INTERRUPTIBLE' ? [restart()] : [];
  return { kind: 'info', title: describeError(error), detail: '', actions: [...helps, showLog()] };
}

export function untrustedNotice(): Notice {
  return {
    kind: 'info',
    title: t('ExtSession runs nothing in a workspace that is not trusted.'),
    detail: '',
    actions: [{ title: t('Manage Workspace Trust'), vscodeCommand: 'workbench.trust.manage', primary: true }],
  };
}

/** Shows a notice as a message of VS Code, with its actions as buttons. */
export async function showMessage(notice: Notice): Promise<void> {
  const text = notice.detail ? `${notice.title}. ${firstLine(notice.detail)}` : notice.title;
  const show = notice.kind === 'info' ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
  const titles = notice.actions.map(({ title }) => title);
  const chosen = await show(text, ...titles);
  const action = notice.actions.find(({ title }) => title === chosen);
  if (action) await vscode.commands.executeCommand(action.vscodeCommand, ...(action.arguments ?? []));
}

function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function restart(): NoticeAction {
  return { title: t('Restart Session'), vscodeCommand: 'extsession.restartSession', primary: true };
}

function selectInterpreter(): NoticeAction {
  return { title: t('Select Interpreter'), vscodeCommand: 'extsession.selectInterpreter', primary: true };
}

function installPython(): NoticeAction {
  const page = 'https://www.python.org/downloads/';
  return { title: t('Install Python'), vscodeCommand: 'vscode.open', arguments: [vscode.Uri.parse(page)] };
}

function showLog(): NoticeAction {
  return { title: t('Show Log'), vscodeCommand: 'extsession.showLog' };
}
