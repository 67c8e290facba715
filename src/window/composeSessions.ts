import * as vscode from 'vscode';
import type { Logger } from '../engine/logger.js';
import { askForSsh } from '../host/machines/askForSsh.js';
import { AskPass } from '../host/machines/askPass.js';
import { FarFiles } from '../host/machines/farFiles.js';
import { OutputColumns } from '../host/outputColumns.js';
import { FileRuns } from '../host/sessions/fileRuns.js';
import { KeptSessions } from '../host/sessions/kept/keptSessions.js';
import { WindowSessions } from '../host/sessions/windowSessions.js';
import type { PanelModel } from '../panel/model/panelModel.js';
import { windowEvaluators } from './evaluators.js';
import { sessionOptions, type SessionOptionsParts } from './sessionOptions.js';

export interface ComposedSessions {
  readonly sessions: WindowSessions;
  /** Files that run in processes of their own. */
  readonly files: FileRuns;
  readonly kept: KeptSessions;
  readonly machines: AskPass;
  readonly columns: OutputColumns;
  readonly farFiles: FarFiles;
}

type Context = Pick<vscode.ExtensionContext, 'globalStorageUri' | 'storageUri' | 'workspaceState'>;

/** The sessions of the window, and what they need to start. */
export function composeSessions(
  { globalStorageUri, storageUri, workspaceState }: Context,
  transcript: PanelModel,
  log: Logger,
  later: SessionOptionsParts['later'],
): ComposedSessions {
  const columns = new OutputColumns(workspaceState);
  const kept = new KeptSessions(
    vscode.Uri.joinPath(globalStorageUri, 'sessions').fsPath,
    storageUri && { key: storageUri.fsPath, name: vscode.workspace.name ?? '' },
    log,
  );
  const machines = new AskPass(askForSsh, log);
  const options = sessionOptions({ transcript, kept, log, machines, columns, memory: workspaceState, later });
  const evaluators = windowEvaluators(log);
  const sessions = new WindowSessions(options, evaluators);
  const files = new FileRuns(options, evaluators, ({ languageId, uri }) => {
    const { id } = sessions.of(languageId, uri);
    sessions.select(id);
    return id;
  });
  return { sessions, files, kept, machines, columns, farFiles: new FarFiles(sessions) };
}
