import * as vscode from 'vscode';
import type { Debugging } from '../debug/debugging.js';
import type { OnInput } from '../engine/worker/standardInput.js';
import { ExtSession } from '../engine/extSession.js';
import { workingDirectory } from '../host/interpreters/workingDirectory.js';
import type { AskPass } from '../host/machines/askPass.js';
import { showMessage } from '../host/messages.js';
import { foldersHere } from '../host/openSource.js';
import type { OutputColumns } from '../host/outputColumns.js';
import { followOrigin } from '../host/sessions/followedOrigin.js';
import { keepAliveMs, keepRunningMs } from '../host/sessions/keepAlive.js';
import { plotTheme } from '../host/plotTheme.js';
import { firstFolder, otherFolderOf, otherFolders } from '../host/sessions/otherFolders.js';
import { SessionBook } from '../host/sessions/sessionBook.js';
import type { WindowSessions } from '../host/sessions/windowSessions.js';
import type { WindowSessionsOptions } from '../host/sessions/windowSessionsOptions.js';
import type { SessionPanel } from '../panel/sessionPanel.js';

type Given = Pick<WindowSessionsOptions, 'transcript' | 'kept' | 'log'>;

export interface SessionOptionsParts extends Given {
  readonly machines: Pick<AskPass, 'variables'>;
  readonly columns: Pick<OutputColumns, 'current'>;
  readonly memory: vscode.Memento;
  /** What is made after these options, which it needs. */
  readonly later: () => {
    readonly panel: Pick<SessionPanel, 'visible' | 'savesTranscript'>;
    readonly sessions: Pick<WindowSessions, 'current'>;
    readonly ask: OnInput;
    readonly debugging: Pick<Debugging, 'lead'>;
  };
}

/** What the sessions of the window have in common: how they start, and how they reach the user. */
export function sessionOptions({
  machines,
  columns,
  memory,
  later,
  ...given
}: SessionOptionsParts): WindowSessionsOptions {
  const { transcript, log } = given;
  const own = async (commandPrefix: readonly string[] | undefined) => ({
    ...(commandPrefix && { prefixEnv: await machines.variables() }),
    keepLines: false,
  });
  return {
    ...given,
    start: async (options) => ExtSession.start({ ...options, ...(await own(options.commandPrefix)) }),
    attach: async (reference, options) =>
      ExtSession.attach(reference, { ...options, ...(await own(reference.commandPrefix)) }),
    keepAliveMs,
    keepRunningMs,
    savesTranscript: () => later().panel.savesTranscript,
    workingDirectory: (uri) => workingDirectory(uri === undefined ? undefined : vscode.Uri.parse(uri, true)),
    book: new SessionBook(memory, log, given.kept.ofWorkspace()),
    firstFolder,
    folders: otherFolders,
    folderOf: otherFolderOf,
    pathOf: (uri) => vscode.Uri.parse(uri, true).fsPath,
    columns: () => columns.current,
    plotTheme,
    followOrigin,
    foldersHere,
    ask: (request) => later().ask(request),
    isTrusted: () => vscode.workspace.isTrusted,
    leadBreakpoints: (command) => later().debugging.lead(command),
    report: (notice) => {
      const { panel, sessions } = later();
      transcript.notify(notice);
      const isElsewhere = notice.session !== undefined && notice.session !== sessions.current.id;
      if (!panel.visible || isElsewhere) void showMessage(notice);
    },
    warn: (notice) => void showMessage(notice),
  };
}
