import path from 'node:path';
import * as vscode from 'vscode';
import type { FileText } from '../../protocol/output.js';
import { DisposableStore } from '../../engine/disposableStore.js';
import { errorText } from '../errorText.js';
import { isNoPath } from '../frameSource.js';
import { FAR_FILE, foldersHere, type SourceElsewhere, sourceHere } from '../openSource.js';
import type { FarPlace } from '../sessions/openSession.js';
import type { WindowSessions } from '../sessions/windowSessions.js';
import { pathsHere } from './folderPair.js';
import { filesAmong, isSameHere } from './textHere.js';

/** The files that sessions on other machines name: those of the workspace that are the same, or read-only documents. */
export class FarFiles implements vscode.Disposable {
  readonly #sessions: Pick<WindowSessions, 'find'>;
  readonly #disposables: DisposableStore;
  /** Where sessions are, or were last. */
  readonly #places = new Map<string, FarPlace>();
  /** What was read to be shown next. */
  #next: { readonly uri: string; readonly text: string } | undefined;

  constructor(sessions: Pick<WindowSessions, 'find' | 'onDidChangeSession'>) {
    this.#sessions = sessions;
    this.#disposables = new DisposableStore(
      vscode.workspace.registerTextDocumentContentProvider(FAR_FILE, {
        provideTextDocumentContent: (uri) => this.#content(uri),
      }),
      sessions.onDidChangeSession(({ id, process }) => {
        if (process?.there) this.#places.set(id, process.there);
        else if (process) this.#places.delete(id);
      }),
    );
  }

  /** What shows a file that a session names; undefined if it can be opened as one of this machine. */
  async find(name: string, session: string): Promise<SourceElsewhere | undefined> {
    const place = this.#places.get(session);
    if (!place || isNoPath(name)) return undefined;
    const file = path.posix.isAbsolute(name) ? name : path.posix.join(place.folder ?? '', name);
    if (!path.posix.isAbsolute(file) || (await isOfWorkspace(name))) return undefined;
    const [here] = await filesAmong(pathsHere({ there: place.folder, here: foldersHere() }, file));
    const read = await this.#read(file, session);
    const uri = vscode.Uri.from({ scheme: FAR_FILE, authority: place.machine, path: file, query: session });
    const text = 'text' in read ? read.text : undefined;
    if (text !== undefined) this.#next = { uri: uri.toString(), text };
    if (here !== undefined) {
      const differs = text !== undefined && !(await isSameHere(here, text));
      return { uri: vscode.Uri.file(here), ...(differs ? { differs: { uri, machine: place.machine } } : {}) };
    }
    if (text === undefined ? (await filesAmong([file])).length > 0 : await isSameHere(file, text)) return undefined;
    return 'text' in read ? { uri } : { refusal: refusal(read, file, place.machine) };
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #content(uri: vscode.Uri): Promise<string> {
    const next = this.#next;
    this.#next = undefined;
    if (next?.uri === uri.toString()) return next.text;
    const read = await this.#read(uri.path, uri.query);
    if ('text' in read) return read.text;
    throw new Error(refusal(read, uri.path, uri.authority));
  }

  async #read(file: string, id: string): Promise<FileText | Unread> {
    try {
      const session = await this.#sessions.find(id)?.connected();
      return (await session?.file(file)) ?? { problem: 'over' };
    } catch (error) {
      return { problem: 'failed', reason: errorText(error) };
    }
  }
}

/** Whether it is the code of an editor, or of a file here, that was sent there. */
async function isOfWorkspace(name: string): Promise<boolean> {
  const source = await sourceHere(name);
  if (source.kind !== 'file') return source.kind === 'document';
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.file(source.path)) !== undefined;
}

type Unread = { readonly problem: 'over' } | { readonly problem: 'failed'; readonly reason: string };

function refusal(read: Exclude<FileText | Unread, { text: string }>, file: string, machine: string): string {
  const name = file.slice(0, 200);
  switch (read.problem) {
    case 'missing':
      return vscode.l10n.t("'{0}' does not exist on {1}.", name, machine);
    case 'large':
      return vscode.l10n.t("'{0}' on {1} is larger than 2 MB, and is not opened.", name, machine);
    case 'binary':
      return vscode.l10n.t("'{0}' on {1} is not a text file.", name, machine);
    case 'denied':
      return vscode.l10n.t("'{0}' on {1} cannot be read. Check its permissions.", name, machine);
    case 'over':
      return vscode.l10n.t("'{0}' is on {1}, and can only be opened while the session runs.", name, machine);
    case 'failed':
      return vscode.l10n.t("'{0}' on {1} cannot be read: {2}", name, machine, read.reason);
  }
}
