import * as vscode from 'vscode';
import type { PanelActions } from '../panel/panelActions.js';

/** The actions of a page that shows a file: nothing runs, and files that it names are those of another computer. */
export function readOnlyActions(): PanelActions {
  const nothing = (): void => undefined;
  const tellOfFiles = (): void => {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Files cannot be opened from a saved session. They may be on another computer.'),
    );
  };
  return {
    interrupt: nothing,
    restart: nothing,
    showSession: nothing,
    clear: nothing,
    openOrigin: tellOfFiles,
    openFrame: tellOfFiles,
    missCommand: nothing,
    runInput: nothing,
    complete: () => Promise.resolve(undefined),
    signature: () => Promise.resolve(undefined),
    runAgain: nothing,
    debugError: nothing,
    showLog: nothing,
    setColumns: nothing,
    toggleWordWrap: () => void vscode.commands.executeCommand('extsession.toggleWordWrap'),
    vscodeCommand: nothing,
  };
}
