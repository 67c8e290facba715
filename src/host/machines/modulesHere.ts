import path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../engine/disposable.js';
import type { Logger } from '../../engine/logger.js';
import type { Notice, NoticeAction } from '../notice.js';
import type { SubmittedCommand } from '../sessions/command.js';
import type { WindowSessions } from '../sessions/windowSessions.js';

/** Python's words. User code can raise the same error with others. */
const missing = /^No module named '(\w{1,100})[.\w]*'/u;

export interface ModulesHereOptions {
  readonly sessions: Pick<WindowSessions, 'onDidSubmit' | 'find'>;
  readonly notify: (notice: Notice) => void;
  readonly log: Logger;
}

/** Says, once for each module that a session on another machine does not find there, that the workspace has it. */
export function tellModulesHere({ sessions, notify, log }: ModulesHereOptions): Disposable {
  const told = new Set<string>();

  async function follow({ session: id = '', origin, results }: SubmittedCommand): Promise<void> {
    const outcome = await results.wait();
    if (outcome.status !== 'error' || outcome.error.name !== 'ModuleNotFoundError') return;
    const name = missing.exec(outcome.error.message)?.[1];
    const there = sessions.find(id)?.process?.there;
    if (name === undefined || !there || told.has(`${id} ${name}`)) return;
    const file = await findModule(name, foldersOf(origin?.uri));
    if (!file) return;
    told.add(`${id} ${name}`);
    notify(modulesHereNotice(name, file, { session: id, folder: there.folder }));
  }

  return sessions.onDidSubmit((submitted) => {
    follow(submitted).catch((error: unknown) => {
      log.info(`A missing module was not looked for: ${String(error)}`); // such as that another window has the session
    });
  });
}

/** Where a module is that code in one of the folders imports from here. */
async function findModule(name: string, folders: readonly vscode.Uri[]): Promise<vscode.Uri | undefined> {
  for (const folder of folders) {
    for (const parts of [[`${name}.py`], [name], ['src', `${name}.py`], ['src', name]]) {
      const uri = vscode.Uri.joinPath(folder, ...parts);
      if (await isThere(uri)) return uri;
    }
  }
  return undefined;
}

/** That of the file, if it is one of the workspace, and that of the workspace. */
function foldersOf(uri: string | undefined): vscode.Uri[] {
  const file = uri === undefined ? undefined : vscode.Uri.parse(uri, true);
  const workspace = file && vscode.workspace.getWorkspaceFolder(file);
  if (workspace) return [vscode.Uri.joinPath(file, '..'), workspace.uri];
  return vscode.workspace.workspaceFolders?.slice(0, 1).map((folder) => folder.uri) ?? [];
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  return await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

function modulesHereNotice(
  name: string,
  file: vscode.Uri,
  { session, folder }: { readonly session: string; readonly folder: string | undefined },
): Notice {
  return {
    kind: 'info',
    session,
    title: vscode.l10n.t("The module '{0}' is in this workspace, but not on the other machine.", name),
    detail:
      folder === undefined
        ? vscode.l10n.t(
            'Only the code that you run is sent there. Copy {0} to a place where Python finds it, for example with rsync.',
            path.posix.basename(file.path),
          )
        : vscode.l10n.t('Only the code that you run is sent there. You can choose Python files to be sent, too.'),
    actions: folder === undefined ? [] : [sendFiles(session, file)],
  };
}

function sendFiles(session: string, file: vscode.Uri): NoticeAction {
  return {
    title: vscode.l10n.t('Send Python Files...'),
    vscodeCommand: 'extsession.sendSources',
    arguments: [{ session, uri: file.toString() }],
    primary: true,
  };
}
