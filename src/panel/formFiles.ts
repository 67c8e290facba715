import { Buffer } from 'node:buffer';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore } from '../engine/disposableStore.js';
import { cancellableProgress } from '../host/cancellableProgress.js';
import { errorText } from '../host/errorText.js';
import { PDF_TYPE, type DrawnType } from '../protocol/panelForms.js';
import type { FigureFormat } from '../protocol/data.js';
import type { FigureOf, Figures } from './figures.js';
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
  /** The same value as other images or a document. */
  readonly others?: readonly OtherForm[] | undefined;
  readonly figure?: FigureOf | undefined;
}

interface OtherForm {
  readonly mime: DrawnType;
  readonly data: () => string | undefined;
}

/** What makes the bytes of a file, by its extension; undefined if that cannot be done. */
type Formats = Map<string, () => PromiseLike<Uint8Array | undefined>>;

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
  'application/pdf': 'pdf',
};

/** Opens a form of a value in a read-only VS Code editor, and saves it where the user chooses. */
export class FormFiles implements vscode.Disposable {
  /** By path, because the image editor requests a version of the file with its own query. */
  readonly #files = new Map<string, Uint8Array>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #disposables: DisposableStore;
  readonly #figures: Figures;
  #opened = 0;

  constructor(figures: Figures) {
    this.#figures = figures;
    this.#disposables = new DisposableStore(
      this.#changed,
      vscode.workspace.registerFileSystemProvider(SCHEME, this.#fileSystem(), { isReadonly: true }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const place of formPaths(closed)) if (!isOpen(place)) this.#files.delete(place);
      }),
    );
  }

  async open(form: FormOf): Promise<void> {
    const place = `/${String(++this.#opened)}/${fileName(form)}`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path: place });
    this.#files.set(place, bytesOf(form));
    await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
  }

  /**
   * Asks for a file, and writes nothing if the user does not choose one.
   * @param asPng makes a PNG of an image in another format; undefined if that cannot be done
   */
  async save(form: FormOf, asPng?: () => Promise<string | undefined>): Promise<void> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const formats = await this.#formats(form, asPng);
    const filters = Object.fromEntries(Array.from(formats.keys(), (one) => [one.toUpperCase(), [one]]));
    const target = await vscode.window.showSaveDialog({
      ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, fileName(form)) } : {}),
      ...(formats.size > 1 ? { filters } : {}),
    });
    if (!target) return;
    const extension = path.extname(target.path).slice(1).toLowerCase();
    try {
      if (!formats.has(extension) && isPicture(extension)) throw new Error(noFormat(extension));
      const bytes = await (formats.get(extension) ?? (() => Promise.resolve(bytesOf(form))))();
      if (bytes) await vscode.workspace.fs.writeFile(target, bytes);
    } catch (error) {
      void vscode.window.showErrorMessage(vscode.l10n.t('The output could not be saved: {0}', errorText(error)));
    }
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#files.clear();
  }

  /** The format of the form is the first one. */
  async #formats(form: FormOf, asPng?: () => Promise<string | undefined>): Promise<Formats> {
    const { mime, figure, others = [] } = form;
    const formats: Formats = new Map([[extensions[mime], () => Promise.resolve(bytesOf(form))]]);
    if (!isPicture(extensions[mime])) return formats;
    for (const other of others) {
      const data = other.data();
      if (data !== undefined) formats.set(extensions[other.mime], () => Promise.resolve(bytesOf({ ...other, data })));
    }
    if (asPng && !formats.has('png')) formats.set('png', () => drawnAsPng(asPng));
    for (const format of figure ? await this.#figures.formats(figure) : []) {
      if (figure && !formats.has(format)) formats.set(format, () => this.#drawn(figure, format));
    }
    return formats;
  }

  #drawn(figure: FigureOf, format: FigureFormat): Thenable<Uint8Array | undefined> {
    const title = vscode.l10n.t('Drawing the plot as {0}', format.toUpperCase());
    return cancellableProgress(title, (signal) => this.#figures.draw(figure, format, signal));
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

function bytesOf({ mime, data }: Pick<FormOf, 'mime' | 'data'>): Uint8Array {
  if (extensions[mime] === 'json') return Buffer.from(indented(data));
  return Buffer.from(data, isImage(mime) || mime === PDF_TYPE ? 'base64' : 'utf8');
}

async function drawnAsPng(draw: () => Promise<string | undefined>): Promise<Uint8Array> {
  const data = await draw();
  if (data === undefined) throw new Error(vscode.l10n.t('It cannot be drawn as PNG.'));
  return bytesOf({ mime: 'image/png', data });
}

function isPicture(extension: string): boolean {
  return ['svg', 'png', 'jpg', 'jpeg', 'gif', 'webp', 'pdf'].includes(extension);
}

function noFormat(extension: string): string {
  return vscode.l10n.t(
    'The plot is not available as {0}. The session can only draw figures of Matplotlib that your code still holds, such as fig in fig, ax = plt.subplots().',
    extension.toUpperCase(),
  );
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
function isOpen(place: string): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) => formPaths(tabs).includes(place));
}

function formPaths(tabs: readonly vscode.Tab[]): string[] {
  return tabs.flatMap(({ input }) => (hasUri(input) && input.uri.scheme === SCHEME ? [input.uri.path] : []));
}

function hasUri(input: unknown): input is { readonly uri: vscode.Uri } {
  return typeof input === 'object' && input !== null && 'uri' in input && input.uri instanceof vscode.Uri;
}
