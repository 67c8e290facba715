import * as vscode from 'vscode';

/** What an editor with output of a command is called. Markdown and files that run have the number 0. */
export function outputTitle(command: number): string {
  return command === 0 ? vscode.l10n.t('Output') : vscode.l10n.t('Output of command {0}', command);
}
