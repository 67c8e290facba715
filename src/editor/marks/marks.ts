import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/disposableStore.js';
import type { ExtResults } from '../../engine/extResults.js';
import type { SentCommand } from '../../host/sessions/command.js';
import type { Outcome } from '../../protocol/output.js';
import { followText, textOfLines, type DocumentLines } from '../../text/trackedText.js';
import type { DocumentChange } from '../../text/documentChange.js';
import { findFailure } from './failure.js';
import { givesWay, withoutErrorOn, withoutRivals, type Mark } from './mark.js';

/**
 * The marks of submitted code in open documents. Follows edits and results; everything that is drawn comes from here.
 */
export class Marks implements vscode.Disposable {
  readonly #marks = new Map<string, readonly Mark[]>();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #disposables: DisposableStore;
  #lastId = 0;

  /** Fires with the URI of a document whose marks have changed. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#disposables = new DisposableStore(
      this.#changed,
      vscode.workspace.onDidChangeTextDocument((event) => this.#follow(event)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#set(uri.toString(), [])),
    );
  }

  of(document: vscode.TextDocument): readonly Mark[] {
    return this.#marks.get(document.uri.toString()) ?? [];
  }

  /** Marks submitted code and replaces earlier marks there. Commands that do not come from a document have no mark. */
  add({ origin, results, languageId, session }: SentCommand): void {
    const document = documentOf(origin?.uri);
    if (!origin || !document) return;
    const lastLine = Math.min(origin.lastLine, document.lineCount - 1);
    const lines = { firstLine: origin.firstLine, lastLine, lastCharacter: document.lineAt(lastLine).text.length };
    const text = textOfLines(linesOf(document), lines.firstLine, lastLine);
    const ran = session === undefined ? {} : { session };
    const mark = {
      id: ++this.#lastId,
      uri: origin.uri,
      languageId,
      ...ran,
      text,
      lines,
      isStale: false,
      isCleared: false,
    };
    const others = this.of(document).filter((other) => !givesWay(other, lines));
    this.#set(origin.uri, [...others.map((other) => withoutErrorOn(other, lines)), mark]);
    results.then(
      (submitted) => this.#attach(mark, submitted),
      () => this.#attach(mark, undefined),
    );
  }

  /** Clears the inline results of a document until its code runs again. */
  clearResults(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    this.#set(
      uri,
      this.of(document).map((mark) => (mark.results?.done ? { ...mark, isCleared: true } : mark)),
    );
  }

  /** Removes the marks of ended commands of a session when their namespace is gone. */
  forgetEnded(session: string): void {
    for (const [uri, marks] of this.#marks) {
      this.#set(
        uri,
        marks.filter((mark) => mark.session !== session || !mark.results?.done),
      );
    }
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#marks.clear();
  }

  /** The session has accepted the code of a mark, or there is no session for it. */
  #attach({ id, uri }: Mark, results: ExtResults | undefined): void {
    const mark = this.#marks.get(uri)?.find((each) => each.id === id);
    if (!mark) return;
    if (!results) {
      this.#change(mark, () => undefined);
      return;
    }
    this.#change(mark, (each) => ({ ...each, results }));
    const submittedAt = mark.lines.firstLine;
    const tell = () => {
      if (results.outcome) this.#settle(mark, results.outcome, submittedAt);
      else this.#changed.fire(uri);
    };
    results.onDidChangeState(tell);
    if (results.done) tell();
  }

  #settle(mark: Mark, outcome: Outcome, submittedAt: number): void {
    const document = documentOf(mark.uri);
    this.#change(mark, (each) => {
      if (outcome.status === 'cancelled') return undefined;
      if (outcome.status !== 'error' || !document) return each;
      return { ...each, failure: findFailure(outcome.error, each, { document, submittedAt }) };
    });
  }

  /** Replaces a mark, or removes it. */
  #change({ id, uri }: Mark, changed: (mark: Mark) => Mark | undefined): void {
    const marks = this.#marks.get(uri) ?? [];
    this.#set(
      uri,
      marks.flatMap((mark) => (mark.id === id ? (changed(mark) ?? []) : mark)),
    );
  }

  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const marks = this.of(document);
    if (marks.length === 0 || contentChanges.length === 0) return;
    this.#set(
      document.uri.toString(),
      marks.flatMap((mark) => followed(mark, contentChanges, linesOf(document)) ?? []),
    );
  }

  #set(uri: string, marks: readonly Mark[]): void {
    if (marks.length > 0) this.#marks.set(uri, withoutRivals(marks));
    else if (!this.#marks.delete(uri)) return;
    this.#changed.fire(uri);
  }
}

function followed(mark: Mark, changes: readonly DocumentChange[], document: DocumentLines): Mark | undefined {
  const { failure: before, ...own } = mark;
  const after = followText(own, changes, document);
  const failure = before && followText(before, changes, document);
  return after && { ...after, ...(failure ? { failure } : {}) };
}

function linesOf(document: vscode.TextDocument): DocumentLines {
  return { lineCount: document.lineCount, lineText: (line) => document.lineAt(line).text };
}

function documentOf(uri: string | undefined): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
}
