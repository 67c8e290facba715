import * as vscode from 'vscode';
import { showMessage } from '../../host/messages.js';
import { onDidChangeSetting, setting } from '../../host/settings.js';
import { languageOf } from '../languages.js';
import { customMarkers, type MarkerProblem } from './customMarkers.js';

const SHOWN_CHARACTERS = 100;

/** Tells the user once about each marker that is not used, while the default ones are. */
export function registerMarkerNotice(): vscode.Disposable {
  const told = new Set<string>();
  const tell = () => {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !languageOf(document.languageId)) return;
    const marker = setting('cells.marker', document);
    const problem = customMarkers.problemOf(marker);
    if (problem === undefined || told.has(marker)) return;
    told.add(marker);
    void showMessage({
      kind: 'info',
      title: describe(problem, marker),
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
  return vscode.Disposable.from(
    onDidChangeSetting('cells', tell),
    vscode.window.onDidChangeActiveTextEditor(tell),
    customMarkers.onDidFindSlow(tell),
    customMarkers,
  );
}

function describe(problem: MarkerProblem, marker: string): string {
  const shown = marker.length > SHOWN_CHARACTERS ? `${marker.slice(0, SHOWN_CHARACTERS)}…` : marker;
  return problem === 'slow'
    ? vscode.l10n.t("'{0}' takes too long to match. The default cell markers are used instead.", shown)
    : vscode.l10n.t("'{0}' is not a valid regular expression. The default cell markers are used instead.", shown);
}
