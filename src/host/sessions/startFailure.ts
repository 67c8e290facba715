import * as vscode from 'vscode';
import { EvaluatorNotFoundError, EvaluatorStartError, WorkingDirectoryError } from '../../engine/errors.js';
import { describeError, showLog } from '../messages.js';
import type { Notice, NoticeAction } from '../notice.js';

/** Why no session could be started, and what helps. */
export function startFailureNotice(error: unknown, evaluator: string): Notice {
  const kind = 'startFailed';
  if (error instanceof WorkingDirectoryError) {
    return {
      kind,
      title: vscode.l10n.t('The session did not start'),
      detail: vscode.l10n.t("The working directory '{0}' does not exist. Set another one and run again.", error.folder),
      actions: [openSetting('extsession.workingDirectory'), showLog()],
    };
  }
  if (error instanceof EvaluatorNotFoundError) {
    return evaluator === 'python' ? noPython(error.interpreter) : noNode(error.interpreter);
  }
  const name = evaluator === 'python' ? 'Python' : 'Node.js';
  return {
    kind,
    title:
      error instanceof EvaluatorStartError
        ? vscode.l10n.t('{0} did not start', name)
        : vscode.l10n.t('The session did not start'),
    detail: describeError(error),
    actions: [evaluator === 'python' ? selectInterpreter() : openSetting('extsession.javascript.nodePath'), showLog()],
  };
}

function noPython(interpreter: string): Notice {
  const detail = isPath(interpreter)
    ? vscode.l10n.t('There is no Python at {0}. Select another one, or install it and run again.', interpreter)
    : vscode.l10n.t('There is no {0} on PATH. Select a Python, or install one and run again.', interpreter);
  const actions = [selectInterpreter(), installPython(), showLog()];
  return { kind: 'startFailed', title: vscode.l10n.t('No Python found'), detail, actions };
}

function noNode(interpreter: string): Notice {
  const detail = isPath(interpreter)
    ? vscode.l10n.t("There is no Node.js at {0}. Set another path, or none for VS Code's own.", interpreter)
    : vscode.l10n.t("There is no {0} on PATH. Set another name or a path, or none for VS Code's own.", interpreter);
  const actions = [openSetting('extsession.javascript.nodePath'), showLog()];
  return { kind: 'startFailed', title: vscode.l10n.t('No Node.js found'), detail, actions };
}

function isPath(interpreter: string): boolean {
  return /[/\\]/.test(interpreter);
}

function selectInterpreter(): NoticeAction {
  return {
    title: vscode.l10n.t('Select Interpreter'),
    vscodeCommand: 'extsession.selectInterpreter',
    primary: true,
  };
}

/** Of the machine that the session runs on, which has settings of its own in a remote window. */
function openSetting(id: string): NoticeAction {
  const vscodeCommand = `workbench.action.${vscode.env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings'}`;
  const settings = { query: `@id:${id}` };
  return { title: vscode.l10n.t('Open Setting'), vscodeCommand, arguments: [settings], primary: true };
}

function installPython(): NoticeAction {
  const page = 'https://www.python.org/downloads/';
  return { title: vscode.l10n.t('Install Python'), vscodeCommand: 'vscode.open', arguments: [vscode.Uri.parse(page)] };
}
