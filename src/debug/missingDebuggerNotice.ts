import * as vscode from 'vscode';
import type { Notice } from '../host/notice.js';

/** The extension that brings debugpy. */
export const PYTHON_DEBUGGER = 'ms-python.debugpy';

/** The interpreter has no debugger, and the extension that brings one is not installed. */
export function missingDebuggerNotice(): Notice {
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
