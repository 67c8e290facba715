import type * as vscode from 'vscode';
import { languageOf } from '../languages.js';

/** The code around a position for questions to the session: from the start of its statement to the end of its line. */
export interface LiveCode {
  readonly code: string;
  /** The offset of the position in `code`, in UTF-16 units. */
  readonly offset: number;
  /** The offset of the first character of `code` in the document. */
  readonly start: number;
}

/** Undefined if no session can run the language of the document. */
export function codeAround(document: vscode.TextDocument, position: vscode.Position): LiveCode | undefined {
  const language = languageOf(document.languageId);
  if (!language) return undefined;
  const text = document.getText();
  const start = document.offsetAt(document.lineAt(language.firstLineOf(text, position.line)).range.start);
  const end = document.offsetAt(document.lineAt(position.line).range.end);
  return { code: text.slice(start, end), offset: document.offsetAt(position) - start, start };
}
