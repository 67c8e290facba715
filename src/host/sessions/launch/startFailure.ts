import * as vscode from 'vscode';
import { EvaluatorNotFoundError, EvaluatorStartError, WorkingDirectoryError } from '../../../engine/errors.js';
import { errorText } from '../../errorText.js';
import { showLog } from '../../messages.js';
import type { Notice, NoticeAction } from '../../notice.js';

/** Why no session could be started, and what to do. */
export function startFailureNotice(error: unknown, evaluator: string): Notice {
  const kind = 'startFailed';
  if (error instanceof WorkingDirectoryError) {
    return {
      kind,
      title: vscode.l10n.t('The session could not be started'),
      detail: vscode.l10n.t(
        "The working directory '{0}' does not exist. Select another folder and run again.",
        error.folder,
      ),
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
        ? vscode.l10n.t('{0} could not be started', name)
        : vscode.l10n.t('The session could not be started'),
    detail: errorText(error),
    actions: [evaluator === 'python' ? selectInterpreter() : openSetting('extsession.javascript.nodePath'), showLog()],
  };
}

/** Why no session could be started on another machine. */
export function farFailureNotice(error: unknown, machine: string): Notice {
  const connect = {
    title: vscode.l10n.t('Connect to Another Machine'),
    vscodeCommand: 'extsession.connectToMachine',
    primary: true,
  };
  return {
    kind: 'startFailed',
    title: vscode.l10n.t("No session could be started on '{0}'", machine),
    detail: errorText(error),
    actions: [connect, showLog()],
  };
}

function noPython(interpreter: string): Notice {
  const detail = isPath(interpreter)
    ? vscode.l10n.t(
        "There is no Python at '{0}'. Select another interpreter or install Python, then run again.",
        interpreter,
      )
    : vscode.l10n.t(
        "'{0}' was not found on PATH. Select an interpreter or install Python, then run again.",
        interpreter,
      );
  const actions = [selectInterpreter(), installPython(), showLog()];
  return { kind: 'startFailed', title: vscode.l10n.t('Python was not found'), detail, actions };
}

function noNode(interpreter: string): Notice {
  const detail = isPath(interpreter)
    ? vscode.l10n.t(
        "There is no Node.js at '{0}'. Change the path, or clear it to use VS Code's own Node.js.",
        interpreter,
      )
    : vscode.l10n.t(
        "'{0}' was not found on PATH. Change the setting, or clear it to use VS Code's own Node.js.",
        interpreter,
      );
  const actions = [openSetting('extsession.javascript.nodePath'), showLog()];
  return { kind: 'startFailed', title: vscode.l10n.t('Node.js was not found'), detail, actions };
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

/** Opens the settings of the machine that the session runs on, which differ in a remote window. */
function openSetting(id: string): NoticeAction {
  const vscodeCommand = `workbench.action.${vscode.env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings'}`;
  const settings = { query: `@id:${id}` };
  return { title: vscode.l10n.t('Open Setting'), vscodeCommand, arguments: [settings], primary: true };
}

function installPython(): NoticeAction {
  const page = 'https://www.python.org/downloads/';
  return { title: vscode.l10n.t('Install Python'), vscodeCommand: 'vscode.open', arguments: [vscode.Uri.parse(page)] };
}
