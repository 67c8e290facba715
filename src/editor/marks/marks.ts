import * as vscode from 'vscode';
import type { Disposable } from '../../engine/disposable.js';
import type { SubmittedCommand } from '../../host/transcript.js';
import { findFailure } from './failure.js';
import { givesWay, type Mark } from './mark.js';
import { followChanges, type TextChange } from './trackedLines.js';

/** The code of open documents that was submitted. Follows edits and results; what is drawn is drawn from here. */
export class Marks implements vscode.Disposable {
  private readonly marks = new Map<string, readonly Mark[]>();
  private readonly changed = new vscode.EventEmitter<string>();
  private readonly subscriptions: Disposable[];

  /** Tells the URI of a document whose marks have changed. */
  readonly onDidChange = this.changed.event;

  constructor() {
    this.subscriptions = [
      this.changed,
      vscode.workspace.onDidChangeTextDocument((event) => this.follow(event)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.set(uri.toString(), [])),
    ];
  }

  of(document: vscode.TextDocument): readonly Mark[] {
    return this.marks.get(document.uri.toString()) ?? [];
  }

  /** Marks code that was submitted, in place of what was marked there. Commands from elsewhere have no mark. */
  add({ origin, results, languageId }: SubmittedCommand): void {
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === origin?.uri);
    if (!origin || !document) return;
    const lastLine = Math.min(origin.lastLine, document.lineCount - 1);
    const lines = { firstLine: origin.firstLine, lastLine, lastCharacter: document.lineAt(lastLine).text.length };
    const mark: Mark = {
      uri: origin.uri,
      languageId,
      text: textOf(document, lines),
      results,
      lines,
      isStale: false,
      isCleared: false,
    };
    const others = this.of(document).filter((other) => !givesWay(other, lines));
    this.set(origin.uri, [...others, mark]);
    const subscription = results.onDidChangeState((state) => {
      if (state === 'done') {
        subscription.dispose();
        this.settle(mark, origin.firstLine);
      } else this.changed.fire(mark.uri);
    });
  }

  /** Takes the results out of a document's text until its code runs again. */
  clearResults(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    this.set(
      uri,
      this.of(document).map((mark) => (mark.results.done ? { ...mark, isCleared: true } : mark)),
    );
  }

  /** Forgets what has ended of a language: the namespace that it made is gone. */
  forgetEnded(languageId: string): void {
    for (const [uri, marks] of this.marks) {
      this.set(
        uri,
        marks.filter((mark) => mark.languageId !== languageId || !mark.results.done),
      );
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.marks.clear();
  }

  private settle({ results, uri }: Mark, submittedAt: number): void {
    const { outcome } = results;
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
    const marks = this.marks.get(uri) ?? [];
    if (outcome?.status === 'cancelled') {
      this.set(
        uri,
        marks.filter((mark) => mark.results !== results),
      );
      return;
    }
    this.set(
      uri,
      marks.map((mark) => {
        if (mark.results !== results || outcome?.status !== 'error' || !document) return mark;
        return { ...mark, failure: findFailure(outcome.error, mark, { document, submittedAt }) };
      }),
    );
  }

  private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const marks = this.of(document);
    if (marks.length === 0 || contentChanges.length === 0) return;
    this.set(
      document.uri.toString(),
      marks.flatMap((mark) => followed(mark, document, contentChanges) ?? []),
    );
  }

  private set(uri: string, marks: readonly Mark[]): void {
    if (marks.length > 0) this.marks.set(uri, marks);
    else if (!this.marks.delete(uri)) return;
    this.changed.fire(uri);
  }
}

function followed(mark: Mark, document: vscode.TextDocument, changes: readonly TextChange[]): Mark | undefined {
  const lengthOf = (line: number) => (line < document.lineCount ? document.lineAt(line).text.length : 0);
  const own = followChanges(mark.lines, changes, lengthOf);
  if (!own) return undefined;
  const { failure, ...rest } = mark;
  const place = failure && followChanges(failure.lines, changes, lengthOf);
  return {
    ...rest,
    lines: own.lines,
    // Undoing an edit makes it fresh again.
    isStale: own.isTouched ? textOf(document, own.lines) !== mark.text : mark.isStale,
    ...(place ? { failure: { ...failure, lines: place.lines } } : {}),
  };
}

function textOf(
  document: vscode.TextDocument,
  lines: { readonly firstLine: number; readonly lastLine: number },
): string {
  return document.getText(new vscode.Range(lines.firstLine, 0, lines.lastLine, Number.MAX_SAFE_INTEGER));
}
