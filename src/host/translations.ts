import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** Gives VS Code's translations to code that also runs without VS Code, such as the model of the panel. */
export function loadTranslations(): void {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
}
