import * as vscode from 'vscode';
import { languageOf } from '../editor/languages.js';
import type { Cursors } from './cursors.js';
import { sourceEditor } from './sourceEditor.js';

/** A line of an editor that a command applies to. Lines count from 0. */
export interface EditorLine {
  readonly editor: vscode.TextEditor;
  readonly line: number;
  /** What is selected there: one at the line, or all cursors of the editor, that of the line first. */
  readonly selections: readonly [vscode.Selection, ...vscode.Selection[]];
}

/**
 * The line that a CodeLens or the context menu of a line number refers to, or else the cursor's. Undefined if no source
 * is visible.
 */
export function editorLineOf(argument: unknown, cursors: Cursors): EditorLine | undefined {
  const named = namedBy(argument);
  const editor = named && vscode.window.visibleTextEditors.find((each) => isIn(each, named.uri));
  if (named && editor) return inLine(editor, Math.min(named.line, editor.document.lineCount - 1));
  const source = sourceEditor();
  if (!source) return undefined;
  const selection = cursors.selectionOf(source);
  return { editor: source, line: selection.active.line, selections: [selection, ...source.selections.slice(1)] };
}

/** A line of an editor, and the place in it where the cursor is, if it is there. */
export function inLine(editor: vscode.TextEditor, line: number): EditorLine {
  const { active } = editor.selection;
  const position = active.line === line ? active : new vscode.Position(line, 0);
  return { editor, line, selections: [new vscode.Selection(position, position)] };
}

/** Our CodeLens actions pass `line`, which counts from 0; VS Code's menu passes `lineNumber`, which counts from 1. */
function namedBy(argument: unknown): { readonly uri: string; readonly line: number } | undefined {
  const { uri, line, lineNumber } = (argument ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof uri === 'string' && typeof line === 'number') return { uri, line };
  if (uri instanceof vscode.Uri && typeof lineNumber === 'number') return { uri: uri.toString(), line: lineNumber - 1 };
  return undefined;
}

function isIn({ document }: vscode.TextEditor, uri: string): boolean {
  return document.uri.toString() === uri && languageOf(document.languageId) !== undefined;
}
