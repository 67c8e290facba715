import * as vscode from 'vscode';

/** What the panel says while it is empty. The keys are those that package.json binds. */
export function welcome() {
  const { t } = vscode.l10n;
  return {
    title: t('Run something from a Python file'),
    detail: t('Each command appears here with its own output.'),
    hints: [
      { keys: ['Ctrl', 'Enter'], mac: ['⌘', 'Enter'], does: t('Run the selection, the cell or the line') },
      { keys: ['Alt', 'Shift', 'E'], mac: ['⌥', '⇧', 'E'], does: t('Run the line or the selection and move on') },
    ],
    actions: [
      { title: t('Run the Line at the Cursor'), vscodeCommand: 'extsession.runSelection', primary: true },
      { title: t('Choose Another Python'), vscodeCommand: 'extsession.selectInterpreter' },
    ],
  };
}
