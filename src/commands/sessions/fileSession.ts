import * as vscode from 'vscode';
import type { LanguageSession } from '../../host/sessions/languageSession.js';
import { stateText } from '../../host/status/stateText.js';
import type { CommandContext } from '../commandContext.js';
import { newSessionFor } from './newSession.js';
import { runSelection } from '../running/runSelection.js';
import { sourceEditor, tellNothingToRun } from '../sourceEditor.js';
import { interpreterBeside } from '../../protocol/interpreterBeside.js';

/** Lets the user pick a session, attaches the file to it, and runs the selection there. */
export async function runInSession(context: CommandContext): Promise<void> {
  if (await attach(context)) await runSelection(context, undefined);
}

/** Lets the user pick the session in which the code of the file runs. */
export async function attachFile(context: CommandContext): Promise<void> {
  await attach(context);
}

/** Resolves with whether the user has picked one. */
async function attach(context: CommandContext): Promise<boolean> {
  const document = sourceEditor()?.document;
  if (!document) {
    tellNothingToRun();
    return false;
  }
  const session = await pickSession(context, document);
  if (!session) return false;
  context.sessions.attach(document.uri.toString(), session.id);
  return true;
}

/** Lets the code of the file run in the default session of its language again. */
export function detachFile({ sessions }: CommandContext): void {
  const document = sourceEditor()?.document;
  if (document) sessions.attach(document.uri.toString(), undefined);
}

/** As `detachFile`, for a file in the sessions view. */
export function detachSessionFile({ sessions }: CommandContext, argument: unknown): void {
  const uri = (argument as { readonly uri?: unknown } | undefined)?.uri;
  if (typeof uri === 'string') sessions.attach(uri, undefined);
}

interface Choice extends vscode.QuickPickItem {
  readonly choose: () => LanguageSession | undefined | Promise<LanguageSession | undefined>;
}

async function pickSession(
  context: CommandContext,
  { languageId, uri }: vscode.TextDocument,
): Promise<LanguageSession | undefined> {
  const { sessions } = context;
  const current = sessions.of(languageId, uri.toString());
  const fitting = sessions.all.filter(({ evaluator }) => evaluator === current.evaluator);
  const choices: Choice[] = fitting.map((session) => ({
    label: session.status.title,
    description: [interpreterBeside(session.status.title, session.status.interpreterLabel), stateText(session.status)]
      .filter(Boolean)
      .join(' · '),
    ...(session === current ? { detail: vscode.l10n.t('The session of this file') } : {}),
    choose: () => session,
  }));
  choices.push({
    label: vscode.l10n.t('$(add) New Session…'),
    choose: () => newSessionFor(context, current.evaluator),
  });
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Session for {0}', vscode.workspace.asRelativePath(uri)),
    matchOnDescription: true,
  });
  return chosen?.choose();
}
