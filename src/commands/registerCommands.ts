import * as vscode from 'vscode';
import { failureNotice, showMessage } from '../host/messages.js';
import type { CommandContext } from './commandContext.js';
import { commandIds, commandTable } from './commandTable.js';

/** Registers every command of the table. If one fails, the error is logged and shown to the user. */
export function registerCommands(context: CommandContext): vscode.Disposable {
  const registrations = commandIds.map((id) =>
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      try {
        await commandTable[id](context, argument);
      } catch (error) {
        context.log.error(`${id}: ${String(error)}`);
        void showMessage(failureNotice(error));
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}
