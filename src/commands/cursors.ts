import * as vscode from 'vscode';

/**
 * Where the cursors are, or will be. VS Code hears of a move later than we ask for it, and tells us of an earlier one
 * meanwhile: with a key held down, what `editor.selection` says would jump back and run code twice.
 */
export class Cursors implements vscode.Disposable {
  /** Positions on the way, oldest first: where VS Code told that the cursor is, then those that were asked for. */
  readonly #trails = new WeakMap<vscode.TextEditor, readonly vscode.Position[]>();
  readonly #subscriptions = vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections: [selection] }) => {
      const trail = this.#trails.get(textEditor) ?? [];
      const told = selection?.isEmpty
        ? trail.findIndex((each, index) => index > 0 && each.isEqual(selection.active))
        : -1;
      // A move that nobody here asked for is the person's own, and counts for more than ours.
      if (told < 0 || told === trail.length - 1) this.#trails.delete(textEditor);
      else this.#trails.set(textEditor, trail.slice(told));
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
      for (const editor of editors) this.#trails.delete(editor);
    }),
  );

  /** The editor's selection, once all that was asked for has happened. */
  selectionOf(editor: vscode.TextEditor): vscode.Selection {
    const { selection } = editor;
    const trail = this.#trails.get(editor) ?? [];
    const isOnTheWay = selection.isEmpty && trail.some((each) => each.isEqual(selection.active));
    const end = isOnTheWay ? trail.at(-1) : undefined;
    return end ? new vscode.Selection(end, end) : selection;
  }

  /** Puts the cursor on a line's first character, in sight. */
  moveTo(editor: vscode.TextEditor, line: number): void {
    const position = new vscode.Position(line, editor.document.lineAt(line).firstNonWhitespaceCharacterIndex);
    const from = this.selectionOf(editor);
    if (!from.isEqual(new vscode.Selection(position, position))) {
      this.#trails.set(editor, [...(this.#trails.get(editor) ?? [from.active]), position]);
    }
    editor.selection = new vscode.Selection(position, position);
    editor.revealRange(editor.selection, vscode.TextEditorRevealType.Default);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
