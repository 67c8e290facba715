import type * as vscode from 'vscode';
import { languageOf } from '../languages.js';

/** The code around a place, as the session is asked about it: from where its statement begins to the end of its line. */
export interface LiveCode {
  readonly code: string;
  /** Of the place in `code`, in UTF-16 units. */
  readonly offset: number;
  /** Of the first character of `code` in the document. */
  readonly start: number;
}

/** Undefined when no session can run the document's language. */
export function codeAround(document: vscode.TextDocument, position: vscode.Position): LiveCode | undefined {
  const language = languageOf(document.languageId);
  if (!language) return undefined;
  const text = document.getText();
  const start = document.offsetAt(document.lineAt(language.firstLineOf(text, position.line)).range.start);
  const end = document.offsetAt(document.lineAt(position.line).range.end);
  return { code: text.slice(start, end), offset: document.offsetAt(position) - start, start };
}
