import { Buffer } from 'node:buffer';
import * as vscode from 'vscode';
import { DisposableStore } from '../engine/disposableStore.js';
import type { DrawnType } from '../protocol/panelForms.js';
import { isImage } from './model/valueForms.js';

const SCHEME = 'extsession-form';

/** A value of a command in one of its forms. */
export interface FormOf {
  /** The command's number; 0 if it has none. */
  readonly command: number;
  readonly mime: DrawnType;
  readonly data: string;
  /** The path of the plotly.js that draws it. */
  readonly plotlyScript?: string | undefined;
}

const extensions: Record<DrawnType, string> = {
  'text/html': 'html',
  'image/svg+xml': 'svg',
  'text/latex': 'tex',
  'text/markdown': 'md',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'application/json': 'json',
  'application/vnd.plotly.v1+json': 'json',
};

/** Opens a form of a value in a read-only VS Code editor, and saves it where the user chooses. */
export class FormFiles implements vscode.Disposable {
  /** By path, because the image editor requests a version of the file with its own query. */
  readonly #files = new Map<string, Uint8Array>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #disposables: DisposableStore;
  #opened = 0;

  constructor() {
    this.#disposables = new DisposableStore(
      this.#changed,
      vscode.workspace.registerFileSystemProvider(SCHEME, this.#fileSystem(), { isReadonly: true }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const path of formPaths(closed)) if (!isOpen(path)) this.#files.delete(path);
      }),
    );
  }

  async open(form: FormOf): Promise<void> {
    const path = `/${String(++this.#opened)}/${fileName(form)}`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path });
    this.#files.set(path, bytesOf(form));
    await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
  }

  /**
   * Asks for a file, and writes nothing if the user does not choose one.
   * @param asPng makes a PNG of an image in another format; undefined if that cannot be done
   */
  async save(form: FormOf, asPng?: () => Promise<string | undefined>): Promise<void> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const extension = extensions[form.mime];
    const canBePng = asPng !== undefined && extension !== 'png';
    const target = await vscode.window.showSaveDialog({
      ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, fileName(form)) } : {}),
      ...(canBePng ? { filters: { [extension.toUpperCase()]: [extension], PNG: ['png'] } } : {}),
    });
    if (!target) return;
    try {
      const png = canBePng && target.path.endsWith('.png') ? await asPng() : '';
      if (png === undefined) throw new Error(vscode.l10n.t('It cannot be drawn as PNG.'));
      const written: FormOf = png === '' ? form : { ...form, mime: 'image/png', data: png };
      await vscode.workspace.fs.writeFile(target, bytesOf(written));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(vscode.l10n.t('The output could not be saved: {0}', reason));
    }
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#files.clear();
  }

  #fileSystem(): vscode.FileSystemProvider {
    const file = (uri: vscode.Uri): Uint8Array => {
      const bytes = this.#files.get(uri.path);
      if (!bytes) throw vscode.FileSystemError.FileNotFound(uri);
      return bytes;
    };
    const refuse = (): never => {
      throw vscode.FileSystemError.NoPermissions();
    };
    return {
      onDidChangeFile: this.#changed.event,
      watch: () => new vscode.Disposable(() => undefined),
      stat: (uri) => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: file(uri).length }),
      readFile: file,
      readDirectory: refuse,
      createDirectory: refuse,
      writeFile: refuse,
      delete: refuse,
      rename: refuse,
    };
  }
}

function fileName({ command, mime }: FormOf): string {
  return `output${command === 0 ? '' : `-${String(command)}`}.${extensions[mime]}`;
}

function bytesOf({ mime, data }: FormOf): Uint8Array {
  if (extensions[mime] === 'json') return Buffer.from(indented(data));
  return Buffer.from(data, isImage(mime) ? 'base64' : 'utf8');
}

/** JSON as people read it; a saved session of somebody else may have anything in its place. */
function indented(json: string): string {
  try {
    return `${JSON.stringify(JSON.parse(json), undefined, 2)}\n`;
  } catch {
    return json;
  }
}

/** A tab that is moved to another group is closed in its old one, and a split tab is open in two groups. */
function isOpen(path: string): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) => formPaths(tabs).includes(path));
}

function formPaths(tabs: readonly vscode.Tab[]): string[] {
  return tabs.flatMap(({ input }) => (hasUri(input) && input.uri.scheme === SCHEME ? [input.uri.path] : []));
}

function hasUri(input: unknown): input is { readonly uri: vscode.Uri } {
  return typeof input === 'object' && input !== null && 'uri' in input && input.uri instanceof vscode.Uri;
}
