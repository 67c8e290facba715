import * as vscode from 'vscode';
import { showMessage } from '../../host/messages.js';
import { onDidChangeSetting, setting } from '../../host/settings.js';
import { isValidMarker } from './cells.js';
import { languageOf } from '../languages.js';

/** Shows a message once for each cell marker that is not a valid regular expression. */
export function registerMarkerNotice(): vscode.Disposable {
  const told = new Set<string>();
  const tell = () => {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !languageOf(document.languageId)) return;
    const marker = setting('cells.marker', document);
    if (isValidMarker(marker) || told.has(marker)) return;
    told.add(marker);
    void showMessage({
      kind: 'info',
      title: vscode.l10n.t(
        "'{0}' is not a valid regular expression. The default cell markers are used instead.",
        marker,
      ),
      detail: '',
      actions: [
        {
          title: vscode.l10n.t('Open Setting'),
          vscodeCommand: 'workbench.action.openSettings',
          arguments: [{ query: '@id:extsession.cells.marker' }],
        },
      ],
    });
  };
  tell();
  return vscode.Disposable.from(onDidChangeSetting('cells', tell), vscode.window.onDidChangeActiveTextEditor(tell));
}
