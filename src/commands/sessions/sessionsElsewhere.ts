import * as vscode from 'vscode';
import { ExtSession } from '../../engine/extSession.js';
import { SessionGoneError } from '../../engine/errors.js';
import { isUnreachable, showMessage, stopsLaterNotice } from '../../host/messages.js';
import type { SessionElsewhere } from '../../host/sessions/kept/keptSessions.js';
import type { CommandContext } from '../commandContext.js';

/** Continues a session here that another window has left, or still shows. */
export async function attachSession(context: CommandContext, argument: unknown): Promise<void> {
  const left = elsewhere(argument);
  if (!left) return;
  if (left.isShown) {
    const attach = vscode.l10n.t('Attach');
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        "The session '{0}' is open in the window '{1}'. Attaching it here detaches it there.",
        left.title,
        left.workspace,
      ),
      { modal: true },
      attach,
    );
    if (chosen !== attach) return;
  }
  await context.sessions.adopt(left);
  context.panel.show();
}

/** Ends a session that another window has left; later, if its machine does not answer now. */
export async function stopSessionElsewhere({ kept, log, machines }: CommandContext, argument: unknown): Promise<void> {
  const left = elsewhere(argument);
  if (!left) return;
  const stop = vscode.l10n.t('Stop Session');
  const text = vscode.l10n.t("Stop the session '{0}' of '{1}'? Its variables are lost.", left.title, left.workspace);
  if ((await vscode.window.showWarningMessage(text, { modal: true }, stop)) !== stop) return;
  try {
    const session = await ExtSession.attach(left.reference, { logger: log, prefixEnv: await machines.variables() });
    await session.exit();
  } catch (error) {
    if (isUnreachable(error)) {
      kept.stopLater(left);
      void showMessage(stopsLaterNotice());
      return;
    }
    if (!(error instanceof SessionGoneError && error.reason === 'ended')) throw error;
  }
  kept.removeElsewhere(left);
}

/** What an item of the sessions view stands for. */
function elsewhere(argument: unknown): SessionElsewhere | undefined {
  return (argument as { readonly elsewhere?: SessionElsewhere } | undefined)?.elsewhere;
}
