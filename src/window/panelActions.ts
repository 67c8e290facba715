import * as vscode from 'vscode';
import { failureNotice, showMessage } from '../host/messages.js';
import { openFrame, openOrigin } from '../host/openSource.js';
import type { FarFiles } from '../host/machines/farFiles.js';
import type { OutputColumns } from '../host/outputColumns.js';
import type { WindowSessions } from '../host/sessions/windowSessions.js';
import type { TypingHelp } from '../host/typingHelp.js';
import type { InputHistory } from '../panel/inputHistory.js';
import type { PanelActions } from '../panel/panelActions.js';

export interface PanelActionsOptions {
  readonly sessions: WindowSessions;
  readonly history: InputHistory;
  readonly columns: OutputColumns;
  readonly help: TypingHelp;
  readonly farFiles: FarFiles;
}

/** What the panel's page has the window do. */
export function panelActions({ sessions, history, columns, help, farFiles }: PanelActionsOptions): PanelActions {
  return {
    interrupt: () => run('extsession.interruptSession'),
    restart: () => run('extsession.restartSession'),
    showSession: (session) => {
      sessions.select(session);
    },
    clear: () => run('extsession.clearPanel'),
    showLog: () => run('extsession.showLog'),
    setColumns: (measured) => columns.measured(measured),
    toggleWordWrap: () => run('extsession.toggleWordWrap'),
    openOrigin: (origin) => attempt(openOrigin(origin)),
    openFrame: (file, line, session) =>
      attempt(farFiles.find(file, session).then((found) => openFrame(file, line, found))),
    missCommand: (number) =>
      void vscode.window.showInformationMessage(vscode.l10n.t('Command {0} is not in the panel.', number)),
    runInput: (source, languageId, session) =>
      attempt(
        Promise.all([
          history.add(source, languageId),
          sessions.execute({ source, languageId, ...(session === undefined ? {} : { session }) }),
        ]),
      ),
    complete: (...args) => help.complete(...args),
    signature: (...args) => help.signature(...args),
    runAgain: (command) => attempt(sessions.execute(command)),
    debugError: (key) => run('extsession.entry.debugError', { key }),
    vscodeCommand: (name, args) => run(name, ...args),
  };
}

function run(vscodeCommand: string, ...args: readonly unknown[]): void {
  void vscode.commands.executeCommand(vscodeCommand, ...args);
}

function attempt(done: Promise<unknown>): void {
  done.catch((error: unknown) => showMessage(failureNotice(error)));
}
