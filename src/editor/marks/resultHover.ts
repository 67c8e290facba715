import * as vscode from 'vscode';
import { languageIds } from '../languages.js';
import { shownResults, type ShownResult } from './drawnMarks.js';
import type { MarkedResults } from './mark.js';
import type { Marks } from './marks.js';
import { valueMarkdown } from './valueMarkdown.js';

/** The panel's key for the command with these results, as long as the panel has it. */
export type PanelKeyOf = (results: MarkedResults) => number | undefined;

/** Shows the full result when the pointer rests on the inline result. */
export function registerResultHover(marks: Marks, keyOf: PanelKeyOf): vscode.Disposable {
  return vscode.languages.registerHoverProvider([...languageIds], {
    provideHover(document, position) {
      const shown = shownResults(document, marks.of(document)).find((each) => each.position.isEqual(position));
      if (!shown) return undefined;
      const { results, key } = shown.mark;
      const link = openInPanel(key ?? (results && keyOf(results)));
      return new vscode.Hover([...contentsOf(shown), link], new vscode.Range(position, position));
    },
  });
}

function contentsOf({ mark, text }: ShownResult): vscode.MarkdownString[] {
  const outcome = mark.results?.outcome;
  if (outcome?.status === 'ok' && outcome.result) return valueMarkdown(outcome.result);
  const error = outcome && 'error' in outcome ? outcome.error : undefined;
  return valueMarkdown({ 'text/plain': error?.traceback ?? text });
}

/** The only text here that may contain a command link; it contains nothing that the user's code wrote. */
function openInPanel(key: number | undefined): vscode.MarkdownString {
  const argument = key === undefined ? '' : `?${encodeURIComponent(JSON.stringify([{ key }]))}`;
  const link = new vscode.MarkdownString(
    `[${vscode.l10n.t('Open in Panel')}](command:extsession.openPanel${argument})`,
  );
  link.isTrusted = { enabledCommands: ['extsession.openPanel'] };
  return link;
}
