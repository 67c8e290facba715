import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/disposableStore.js';
import type { ExtResults } from '../../engine/extResults.js';
import type { Origin, SentCommand } from '../../host/sessions/command.js';
import type { Outcome } from '../../protocol/output.js';
import { followText, textOfLines, type DocumentLines } from '../../text/trackedText.js';
import type { DocumentChange } from '../../text/documentChange.js';
import { followDisplays } from './lastDisplay.js';
import { findFailure } from './failure.js';
import { givesWay, stateOf, withoutErrorOn, withoutRivals, type Mark } from './mark.js';
import { earlierResults, isAsItRan, type EarlierCommand } from './earlierCommand.js';

/**
 * The marks of submitted code in open documents. Follows edits and results; everything that is drawn comes from here.
 */
export class Marks implements vscode.Disposable {
  readonly #marks = new Map<string, readonly Mark[]>();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #disposables: DisposableStore;
  /** By document that is not open: what to mark in it then. VS Code opens those of hidden tabs when they are shown. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #lastId = 0;
  #firstId = 0;

  /** Fires with the URI of a document whose marks have changed. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#disposables = new DisposableStore(
      this.#changed,
      vscode.workspace.onDidChangeTextDocument((event) => this.#follow(event)),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => this.#markWaiting(uri.toString())),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#set(uri.toString(), [])),
    );
  }

  of(document: vscode.TextDocument): readonly Mark[] {
    return this.#marks.get(document.uri.toString()) ?? [];
  }

  /** Marks submitted code and replaces earlier marks there. Commands that do not come from a document have no mark. */
  add(command: SentCommand): void {
    const { origin, results, isResumed = false } = command;
    const document = documentOf(origin?.uri);
    if (!origin) return;
    if (!document) {
      if (isResumed)
        this.#wait(origin.uri, () => {
          this.add(command);
        });
      return;
    }
    const mark = newMark(++this.#lastId, command, origin, document);
    const { lines } = mark;
    const others = this.of(document).filter((other) => !givesWay(other, lines));
    this.#set(origin.uri, [...others.map((other) => withoutErrorOn(other, lines)), mark]);
    results.then(
      (submitted) => this.#attach(mark, submitted),
      () => this.#attach(mark, undefined),
    );
  }

  /**
   * Marks code that ran in an earlier window, the last command first, where no later command has a mark. Code that has
   * changed since then has none.
   */
  addEarlier(command: EarlierCommand): void {
    const { origin, key } = command;
    const document = documentOf(origin?.uri);
    if (!origin) return;
    if (!document) {
      this.#wait(origin.uri, () => {
        this.addEarlier(command);
      });
      return;
    }
    const results = earlierResults(command);
    if (!results || !isAsItRan(command, linesOf(document))) return;
    const mark: Mark = { ...newMark(--this.#firstId, command, origin, document), results, key };
    const marks = this.of(document);
    if (marks.some(({ lines }) => givesWay(mark, lines))) return;
    this.#set(origin.uri, [mark, ...marks]);
    this.#settle(mark, results.outcome, origin.firstLine);
  }

  /** A command has stopped in the debugger, or goes on. */
  pause(results: ExtResults, isPaused: boolean): void {
    for (const marks of this.#marks.values())
      for (const mark of marks) if (mark.results === results) this.#change(mark, (each) => ({ ...each, isPaused }));
  }

  /** The first lines of the code of a document that has stopped in the debugger, counted from 0. */
  pausedLines(document: vscode.TextDocument): number[] {
    return this.of(document).flatMap((mark) => (stateOf(mark) === 'paused' ? mark.lines.firstLine : []));
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
    this.#waiting.clear();
  }

  #wait(uri: string, add: () => void): void {
    this.#waiting.set(uri, [...(this.#waiting.get(uri) ?? []), add]);
  }

  #markWaiting(uri: string): void {
    const waiting = this.#waiting.get(uri) ?? [];
    this.#waiting.delete(uri);
    for (const add of waiting) add();
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
    const lastDisplay = followDisplays(results);
    const tell = () => {
      if (!results.outcome) {
        this.#changed.fire(uri);
        return;
      }
      const display = lastDisplay();
      if (display !== undefined) this.#change(mark, (each) => ({ ...each, display }));
      this.#settle(mark, results.outcome, submittedAt);
    };
    results.onDidChangeState(tell);
    if (results.done) tell();
    results.wait().then(undefined, () => {
      lastDisplay();
      this.#change(mark, () => undefined); // another window has its end
    });
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

function newMark(
  id: number,
  { languageId, session }: Pick<Mark, 'languageId' | 'session'>,
  { uri, firstLine, lastLine: last }: Origin,
  document: vscode.TextDocument,
): Mark {
  const lastLine = Math.min(last, document.lineCount - 1);
  return {
    id,
    uri,
    languageId,
    ...(session === undefined ? {} : { session }),
    text: textOfLines(linesOf(document), firstLine, lastLine),
    lines: { firstLine, lastLine, lastCharacter: document.lineAt(lastLine).text.length },
    isStale: false,
    isCleared: false,
  };
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
