import * as vscode from 'vscode';

/** What the panel says while it is empty. The keys are those that package.json binds. */
export function welcome() {
  return {
    title: vscode.l10n.t('Run something from a Python file'),
    detail: vscode.l10n.t('Each command appears here with its own output.'),
    hints: [
      { keys: ['Ctrl', 'Enter'], mac: ['⌘', 'Enter'], does: vscode.l10n.t('Run the selection, the cell or the line') },
      {
        keys: ['Alt', 'Shift', 'E'],
        mac: ['⌥', '⇧', 'E'],
        does: vscode.l10n.t('Run the line or the selection and move on'),
      },
    ],
    actions: [
      { title: vscode.l10n.t('Run the Line at the Cursor'), vscodeCommand: 'extsession.runSelection', primary: true },
      { title: vscode.l10n.t('Choose Another Python'), vscodeCommand: 'extsession.selectInterpreter' },
    ],
  };
}
