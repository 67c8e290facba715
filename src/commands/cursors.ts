import * as vscode from 'vscode';
import { DisposableStore } from '../engine/disposableStore.js';

/**
 * The current or requested positions of the cursors. VS Code applies a move later than it is requested, and may report
 * an earlier one in the meantime: with a key held down, `editor.selection` would jump back and code would run twice.
 */
export class Cursors implements vscode.Disposable {
  /** Positions, oldest first: the one that VS Code last reported, then the requested ones. */
  readonly #trails = new WeakMap<vscode.TextEditor, readonly vscode.Position[]>();
  readonly #subscriptions = new DisposableStore(
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections: [selection] }) => {
      const trail = this.#trails.get(textEditor) ?? [];
      const told = selection?.isEmpty
        ? trail.findIndex((each, index) => index > 0 && each.isEqual(selection.active))
        : -1;
      // A move that was not requested here comes from the user and takes precedence.
      if (told < 0 || told === trail.length - 1) this.#trails.delete(textEditor);
      else this.#trails.set(textEditor, trail.slice(told));
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
      for (const editor of editors) this.#trails.delete(editor);
    }),
  );

  /** The selection of the editor after all requested moves. */
  selectionOf(editor: vscode.TextEditor): vscode.Selection {
    const { selection } = editor;
    const trail = this.#trails.get(editor) ?? [];
    const isOnTheWay = selection.isEmpty && trail.some((each) => each.isEqual(selection.active));
    const end = isOnTheWay ? trail.at(-1) : undefined;
    return end ? new vscode.Selection(end, end) : selection;
  }

  /** Moves the cursor to a character of a line, by default to the first one, and reveals it. */
  moveTo(editor: vscode.TextEditor, line: number, character?: number): void {
    const first = editor.document.lineAt(line).firstNonWhitespaceCharacterIndex;
    const position = new vscode.Position(line, character ?? first);
    const from = this.selectionOf(editor);
    if (!from.isEqual(new vscode.Selection(position, position))) {
      this.#trails.set(editor, [...(this.#trails.get(editor) ?? [from.active]), position]);
    }
    editor.selection = new vscode.Selection(position, position);
    editor.revealRange(editor.selection, vscode.TextEditorRevealType.Default);
  }

  /** Puts a cursor at each of these places, and reveals the first. */
  moveAllTo(editor: vscode.TextEditor, places: readonly { readonly line: number; readonly character: number }[]): void {
    this.#trails.delete(editor);
    editor.selections = places.map(({ line, character }) => new vscode.Selection(line, character, line, character));
    editor.revealRange(editor.selection, vscode.TextEditorRevealType.Default);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
