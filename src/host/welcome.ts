import * as vscode from 'vscode';

/** The content of an empty panel. The keys are the keybindings in package.json. */
export function welcome() {
  return {
    title: vscode.l10n.t('Run code from a Python, JavaScript or TypeScript file'),
    detail: vscode.l10n.t('Each command appears here with its own output.'),
    hints: [
      { keys: ['Ctrl', 'Enter'], mac: ['⌘', 'Enter'], does: vscode.l10n.t('Run the selection, cell or line') },
      {
        keys: ['Alt', 'Shift', 'E'],
        mac: ['⌥', '⇧', 'E'],
        does: vscode.l10n.t('Run the line or selection and advance'),
      },
    ],
    actions: [
      { title: vscode.l10n.t('Run Current Line'), vscodeCommand: 'extsession.runSelection', primary: true },
      { title: vscode.l10n.t('Select Python Interpreter'), vscodeCommand: 'extsession.selectInterpreter' },
    ],
  };
}
