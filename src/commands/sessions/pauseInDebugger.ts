import * as vscode from 'vscode';
import { tellMissingDebugger } from '../../debug/tellMissingDebugger.js';
import { failureNotice, showMessage } from '../../host/messages.js';
import type { CommandContext } from '../commandContext.js';
import { sessionTarget } from './sessionTarget.js';

/** Stops the running command where it is, in VS Code's debugger. */
export async function pauseInDebugger(context: CommandContext, argument: unknown): Promise<void> {
  const target = sessionTarget(context, argument);
  const session = target.live();
  if (session?.state !== 'busy') {
    void vscode.window.showInformationMessage(vscode.l10n.t('No command is running in this session.'));
    return;
  }
  try {
    const pause = await session.pause();
    if (pause === 'noDebugger') await tellMissingDebugger(target);
    else if (pause === 'later') {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The command is waiting. The debugger pauses it as soon as its code continues.'),
      );
    } else if (pause === 'impossible') void vscode.window.showInformationMessage(reason(session.info.language));
  } catch (error) {
    context.log.warn(String(error));
    void showMessage(failureNotice(error));
  }
}

function reason(language: string): string {
  return language === 'python'
    ? vscode.l10n.t(
        'The command cannot be paused now. Perhaps it is in code that is not Python, or an earlier window has started it.',
      )
    : vscode.l10n.t(
        'The command cannot be paused now. Perhaps it is in a call that blocks Node.js, or an earlier window has started it.',
      );
}
