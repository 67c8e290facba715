import * as vscode from 'vscode';
import { filenameOf } from '../../host/filename.js';
import { onDidChangeSetting, setting } from '../../host/settings.js';
import type { Frame } from '../../protocol/output.js';
import { frameColumns } from './frameColumns.js';
import type { Failure } from './mark.js';
import type { Marks } from './marks.js';

/** Shows each error of marked code as a problem of its line, until that code runs again. */
export class ErrorDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('extsession');
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly marks: Marks) {
    this.subscriptions = vscode.Disposable.from(
      this.collection,
      marks.onDidChange((uri) => this.renew(uri)),
      onDidChangeSetting('editor.diagnostics', () =>
        vscode.workspace.textDocuments.forEach(({ uri }) => this.renew(uri.toString())),
      ),
    );
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private renew(uri: string): void {
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
    const isWanted = document && setting('editor.diagnostics', document.uri);
    const failures = isWanted ? this.marks.of(document).flatMap(({ failure }) => failure ?? []) : [];
    const target = document?.uri ?? vscode.Uri.parse(uri, true);
    if (failures.length === 0) this.collection.delete(target);
    else this.collection.set(target, document ? failures.map((failure) => describe(failure, document)) : []);
  }
}

function describe({ error, frame, lines }: Failure, document: vscode.TextDocument): vscode.Diagnostic {
  const { name, message, frames } = error;
  const line = document.lineAt(Math.min(lines.firstLine, document.lineCount - 1));
  const diagnostic = new vscode.Diagnostic(
    rangeOf(frame, line),
    message ? `${name}: ${message}` : name,
    vscode.DiagnosticSeverity.Error,
  );
  diagnostic.source = 'ExtSession';
  diagnostic.relatedInformation = frames.filter((each) => each !== frame).flatMap(related);
  return diagnostic;
}

function rangeOf(frame: Frame | undefined, line: vscode.TextLine): vscode.Range {
  const { lineNumber, text, range, firstNonWhitespaceCharacterIndex } = line;
  const columns = frame && frameColumns(frame, text);
  if (!columns) return range.with(range.start.with({ character: firstNonWhitespaceCharacterIndex }));
  return new vscode.Range(lineNumber, columns.start, lineNumber, columns.end);
}

/** The other levels of the traceback, as far as they stand in documents that are open. */
function related({ file, line, function: name }: Frame): vscode.DiagnosticRelatedInformation[] {
  const document = vscode.workspace.textDocuments.find(({ uri }) => filenameOf(uri.toString()) === file);
  if (!document || line > document.lineCount) return [];
  const location = new vscode.Location(document.uri, document.lineAt(line - 1).range);
  return [new vscode.DiagnosticRelatedInformation(location, vscode.l10n.t('called in {0}', name))];
}
