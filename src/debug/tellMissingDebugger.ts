import * as vscode from 'vscode';
import { showMessage } from '../host/messages.js';
import type { Notice } from '../host/notice.js';
import type { LanguageSession } from '../host/sessions/languageSession.js';

/** The extension that brings debugpy. */
export const PYTHON_DEBUGGER = 'ms-python.debugpy';
const INSTALL = '%pip install debugpy';

/**
 * Says that the interpreter of a session has no debugger, and offers to install one: the extension that brings it or,
 * on another machine, where nothing is sent, debugpy itself.
 */
export async function tellMissingDebugger(session: Pick<LanguageSession, 'id' | 'process' | 'execute'>): Promise<void> {
  if (!session.process?.there) {
    await showMessage(missingDebuggerNotice());
    return;
  }
  const install = vscode.l10n.t('Install debugpy');
  const text = vscode.l10n.t(
    'Debugging needs debugpy, which the interpreter on the other machine does not have. Install it there with {0}.',
    INSTALL,
  );
  if ((await vscode.window.showWarningMessage(text, install)) === install)
    await session.execute({ source: INSTALL, languageId: 'python', session: session.id });
}

function missingDebuggerNotice(): Notice {
  return {
    kind: 'info',
    title: vscode.l10n.t('Debugging needs debugpy, which this interpreter does not have.'),
    detail: vscode.l10n.t('Install the Python Debugger extension, which contains it, or run %pip install debugpy.'),
    actions: [
      {
        title: vscode.l10n.t('Install Extension'),
        vscodeCommand: 'workbench.extensions.installExtension',
        arguments: [PYTHON_DEBUGGER],
        primary: true,
      },
    ],
  };
}
