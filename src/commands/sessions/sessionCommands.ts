import * as vscode from 'vscode';
import { failureNotice, showMessage } from '../../host/messages.js';
import type { CommandContext } from '../commandContext.js';
import { namedSession, sessionTarget } from './sessionTarget.js';

/** Starts a new process, and shows the panel if there was none. */
export async function restartSession(context: CommandContext, argument: unknown): Promise<void> {
  await sessionTarget(context, argument).restart();
}

/** Interrupts the running command. If it does not respond, a message offers what helps. */
export async function interruptSession(context: CommandContext, argument: unknown): Promise<void> {
  const { sessions, log } = context;
  try {
    await (namedSession(context, argument) ?? sessions).interrupt();
  } catch (error) {
    log.warn(String(error));
    void showMessage(failureNotice(error));
  }
}

/** Ends a session in order. */
export async function stopSession(context: CommandContext, argument: unknown): Promise<void> {
  await sessionTarget(context, argument).stop();
}

export async function stopAllSessions({ sessions }: CommandContext): Promise<void> {
  await sessions.stopAll();
}

/** Shows a session in the panel. */
export function showSession(context: CommandContext, argument: unknown): void {
  context.sessions.select(sessionTarget(context, argument).id);
  context.panel.show();
}

export async function renameSession(context: CommandContext, argument: unknown): Promise<void> {
  const session = sessionTarget(context, argument);
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Rename Session'),
    value: session.status.title,
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Enter a name.') : undefined),
  });
  if (name !== undefined) context.sessions.rename(session.id, name.trim());
}

/** Removes a session that the user has created. */
export async function removeSession(context: CommandContext, argument: unknown): Promise<void> {
  const { sessions } = context;
  const session = sessionTarget(context, argument);
  if (!sessions.isCreated(session.id)) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This is the default session of its language. Stop it instead.'),
    );
    return;
  }
  const { state, title } = session.status;
  const remove = vscode.l10n.t('Remove Session');
  const chosen =
    state === 'none' || state === 'dead'
      ? remove
      : await vscode.window.showWarningMessage(
          vscode.l10n.t("Remove the session '{0}'? Its process ends, and its variables and output are lost.", title),
          { modal: true },
          remove,
        );
  if (chosen === remove) await sessions.remove(session.id);
}
