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

/** The part of a name that a message shows; code can make it as long as it likes. */
const LONGEST_NAME = 200;

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
    const uri = vscode.Uri.from({ scheme: FAR_FILE, authority: place.machine, path: file, query: session });
    if (here !== undefined) return { uri: vscode.Uri.file(here), other: this.#differing(uri, here) };
    const title = vscode.l10n.t('Reading {0}', path.posix.basename(file).slice(0, LONGEST_NAME));
    const read = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      this.#read(uri),
    );
    const isHere = 'text' in read ? await isSameHere(file, read.text) : (await filesAmong([file])).length > 0;
    if (isHere) return undefined;
    return 'text' in read ? { uri: this.#keep(uri, read.text) } : { refusal: refusal(read, uri) };
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #content(uri: vscode.Uri): Promise<string> {
    const next = this.#next;
    this.#next = undefined;
    if (next?.uri === uri.toString()) return next.text;
    const read = await this.#read(uri);
    if ('text' in read) return read.text;
    throw new Error(refusal(read, uri));
  }

  /** The file there, if its text is known, and another one than here. */
  async #differing(uri: vscode.Uri, here: string): Promise<vscode.Uri | undefined> {
    const read = await this.#read(uri);
    return 'text' in read && !(await isSameHere(here, read.text)) ? this.#keep(uri, read.text) : undefined;
  }

  #keep(uri: vscode.Uri, text: string): vscode.Uri {
    this.#next = { uri: uri.toString(), text };
    return uri;
  }

  async #read(uri: vscode.Uri): Promise<FileText | Unread> {
    try {
      const session = await this.#sessions.find(uri.query)?.connected();
      return (await session?.file(uri.path)) ?? { problem: 'over' };
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

function refusal(read: Exclude<FileText | Unread, { text: string }>, uri: vscode.Uri): string {
  const [name, machine] = [uri.path.slice(0, LONGEST_NAME), uri.authority];
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
