import path from 'node:path';
import * as vscode from 'vscode';
import type { ExtSession } from '../../engine/extSession.js';
import { cancellableProgress } from '../../host/cancellableProgress.js';
import { sourcesHere, type SourceHere } from '../../host/machines/sourcesHere.js';
import { failureNotice, showMessage } from '../../host/messages.js';
import type { CommandContext } from '../commandContext.js';
import { sessionTarget } from './sessionTarget.js';

interface SourceItem extends vscode.QuickPickItem {
  readonly source: SourceHere;
}

/** Sends the Python files of a workspace folder that differ there into the folder of a session on another machine. */
export async function sendSources(context: CommandContext, argument: unknown): Promise<void> {
  const target = sessionTarget(context, argument);
  const [session, there] = [target.live(), target.process?.there];
  const folder = workspaceFolderOf(argument);
  if (!session || target.evaluator !== 'python' || !there?.folder || !folder) {
    tell(
      vscode.l10n.t('Select a Python session that runs in a folder of another machine, and open the folder to send.'),
    );
    return;
  }
  try {
    const isSent = await send(folder, { session, folder: there.folder, machine: there.machine });
    const place = isSent ? folderOfModule(argument, folder) : '';
    if (place === '' || place === '.') return;
    const source = `import sys; sys.path.insert(0, ${JSON.stringify(path.posix.join(there.folder, place))})`;
    await target.execute({ source, languageId: 'python', session: target.id });
  } catch (error) {
    context.log.warn(String(error));
    void showMessage(failureNotice(error));
  }
}

interface Destination {
  readonly session: ExtSession;
  readonly folder: string;
  readonly machine: string;
}

/** Resolves with whether the files are there that the user wants. */
async function send(from: vscode.WorkspaceFolder, to: Destination): Promise<boolean> {
  const sources = await sourcesHere(from.uri);
  if (!sources) {
    tell(vscode.l10n.t("'{0}' has too many Python files to send. Use a tool like rsync instead.", from.name));
    return false;
  }
  const items = await differing(sources, to);
  if (items.length === 0) {
    tell(vscode.l10n.t("The Python files of '{0}' are on {1} already.", from.name, to.machine));
    return true;
  }
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t('Send Python Files to {0}', to.machine),
    placeHolder: vscode.l10n.t('Select the files to send to {0}', to.folder),
  });
  if (!chosen || chosen.length === 0) return false;
  const title = vscode.l10n.t('Sending Python files to {0}', to.machine);
  const sent = await cancellableProgress(title, (signal, report) => sendAll(chosen, to, { signal, report }));
  if (sent !== chosen.length) return false;
  tell(vscode.l10n.t('The files have been sent to {0}. Run the code again.', to.machine));
  return true;
}

async function differing(sources: readonly SourceHere[], { session, folder }: Destination): Promise<SourceItem[]> {
  const digests = await session.digests(sources.map(({ name }) => path.posix.join(folder, name)));
  return sources.flatMap((source, at) => {
    const digest = digests[at] ?? null;
    if (digest === source.digest) return [];
    const description = digest === null ? vscode.l10n.t('new') : vscode.l10n.t('replaces another version there');
    return [{ label: source.name, description, picked: true, source }];
  });
}

/** Resolves with how many have been sent. */
async function sendAll(
  chosen: readonly SourceItem[],
  { session, folder, machine }: Destination,
  { signal, report }: { readonly signal: AbortSignal; readonly report: (share: number) => void },
): Promise<number> {
  for (const [at, { source }] of chosen.entries()) {
    if (signal.aborted) return at;
    const problem = await session.save(path.posix.join(folder, source.name), source.bytes);
    if (problem !== '') {
      const text = vscode.l10n.t("'{0}' could not be written on {1}: {2}", source.name, machine, problem.slice(0, 500));
      void vscode.window.showErrorMessage(text);
      return at;
    }
    report((at + 1) / chosen.length);
  }
  return chosen.length;
}

/** Where a missing module is in the folder, if it is not where a session there finds it. */
function folderOfModule(argument: unknown, folder: vscode.WorkspaceFolder): string {
  const { uri } = (argument ?? {}) as { readonly uri?: unknown };
  return typeof uri === 'string'
    ? path.posix.dirname(path.posix.relative(folder.uri.path, vscode.Uri.parse(uri).path))
    : '';
}

/** That of a missing module, or of the active editor, or the first one. */
function workspaceFolderOf(argument: unknown): vscode.WorkspaceFolder | undefined {
  const { uri } = (argument ?? {}) as { readonly uri?: unknown };
  const file = typeof uri === 'string' ? vscode.Uri.parse(uri, true) : vscode.window.activeTextEditor?.document.uri;
  const folder = (file && vscode.workspace.getWorkspaceFolder(file)) ?? vscode.workspace.workspaceFolders?.[0];
  return folder?.uri.scheme === 'file' ? folder : undefined;
}

function tell(text: string): void {
  void vscode.window.showInformationMessage(text);
}
