import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/disposableStore.js';
import { filenameOf } from '../../host/filename.js';
import { onDidChangeSetting, setting } from '../../host/settings.js';
import type { Frame } from '../../protocol/output.js';
import { frameColumns } from './frameColumns.js';
import type { Failure } from './mark.js';
import type { Marks } from './marks.js';

/** Shows each error of marked code as a problem of its line, until that line runs again or changes. */
export class ErrorDiagnostics implements vscode.Disposable {
  readonly #marks: Marks;

  readonly #collection = vscode.languages.createDiagnosticCollection('extsession');
  readonly #disposables: DisposableStore;

  constructor(marks: Marks) {
    this.#marks = marks;
    this.#disposables = new DisposableStore(
      this.#collection,
      marks.onDidChange((uri) => this.#renew(uri)),
      onDidChangeSetting('editor.diagnostics', () =>
        vscode.workspace.textDocuments.forEach(({ uri }) => this.#renew(uri.toString())),
      ),
    );
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #renew(uri: string): void {
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
    const isWanted = document && setting('editor.diagnostics', document.uri);
    const failures = isWanted ? this.#marks.of(document).flatMap(({ failure }) => failure ?? []) : [];
    const shown = failures.filter(({ isStale }) => !isStale);
    const target = document?.uri ?? vscode.Uri.parse(uri, true);
    if (document && shown.length > 0)
      this.#collection.set(
        target,
        shown.map((failure) => describe(failure, document)),
      );
    else if (this.#collection.has(target)) this.#collection.delete(target); // deleting what is not there would make the window check all problems again
  }
}

/** In characters. The panel has the rest. */
const LONGEST_MESSAGE = 2000;
/** The innermost: a recursion has a thousand. */
const MOST_FRAMES = 50;

function describe({ error, frame, lines }: Failure, document: vscode.TextDocument): vscode.Diagnostic {
  const { name, message, frames } = error;
  const line = document.lineAt(Math.min(lines.firstLine, document.lineCount - 1));
  const diagnostic = new vscode.Diagnostic(
    rangeOf(frame, line),
    cut(message ? `${name}: ${message}` : name),
    vscode.DiagnosticSeverity.Error,
  );
  diagnostic.source = 'ExtSession';
  diagnostic.relatedInformation = frames
    .filter((each) => each !== frame)
    .slice(-MOST_FRAMES)
    .flatMap(related);
  return diagnostic;
}

function cut(text: string): string {
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)} …` : text;
}

function rangeOf(frame: Frame | undefined, line: vscode.TextLine): vscode.Range {
  const { lineNumber, text, range, firstNonWhitespaceCharacterIndex } = line;
  const columns = frame && frameColumns(frame, text);
  if (!columns) return range.with(range.start.with({ character: firstNonWhitespaceCharacterIndex }));
  return new vscode.Range(lineNumber, columns.start, lineNumber, columns.end);
}

/** The other frames of the traceback, in any file, open or not. */
function related({ file, line, function: name }: Frame): vscode.DiagnosticRelatedInformation[] {
  const uri = uriOf(file);
  if (!uri) return [];
  const index = Math.max(0, line - 1); // generated code can have a line 0
  const location = new vscode.Location(uri, new vscode.Range(index, 0, index, Number.MAX_SAFE_INTEGER));
  return [new vscode.DiagnosticRelatedInformation(location, vscode.l10n.t('in {0}', name))];
}

/** Undefined for a name that is not a file, such as '<string>'. */
function uriOf(file: string): vscode.Uri | undefined {
  if (isAbsolute(file)) return vscode.Uri.file(file);
  return vscode.workspace.textDocuments.find(({ uri }) => filenameOf(uri.toString()) === file)?.uri;
}
