import * as vscode from 'vscode';
import { languageOf } from '../../editor/languages.js';
import type { LanguageSession } from '../../host/sessions/languageSession.js';
import type { CommandContext } from '../commandContext.js';
import { sourceEditor } from '../sourceEditor.js';

/** A new session is often meant for the file that is open. */
export async function offerToAttach({ sessions }: CommandContext, session: LanguageSession): Promise<void> {
  const document = sourceEditor()?.document;
  if (!document || languageOf(document.languageId) === undefined) return;
  if (sessions.of(document.languageId).evaluator !== session.evaluator) return;
  const attach = vscode.l10n.t('Attach File');
  const file = vscode.workspace.asRelativePath(document.uri);
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t("The session '{0}' has started. Attach {1} to run its code there.", session.status.title, file),
    attach,
  );
  if (chosen === attach) sessions.attach(document.uri.toString(), session.id);
}
