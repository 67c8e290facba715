import * as vscode from 'vscode';
import { languageOf } from '../editor/languages.js';
import type { Cursors } from './cursors.js';
import { sourceEditor } from './sourceEditor.js';

/** A line of an editor that a command is about. Lines count from 0. */
export interface Place {
  readonly editor: vscode.TextEditor;
  readonly line: number;
}

/** The place that a code lens names as `{ uri, line }`, else the cursor's. Undefined when there is no source in sight. */
export function placeOf(argument: unknown, cursors: Cursors): Place | undefined {
  const { uri, line } = (argument ?? {}) as { readonly uri?: unknown; readonly line?: unknown };
  if (typeof uri === 'string' && typeof line === 'number') {
    const editor = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === uri && languageOf(document.languageId),
    );
    if (editor) return { editor, line: Math.min(line, editor.document.lineCount - 1) };
  }
  const editor = sourceEditor();
  return editor && { editor, line: cursors.selectionOf(editor).active.line };
}
