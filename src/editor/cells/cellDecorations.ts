import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/disposableStore.js';
import { isSet, onDidChangeSetting, setting } from '../../host/settings.js';
import { cellIndexAt } from './cells.js';
import { cellsIn } from './documentCells.js';

/** Draws a separator above each cell in the visible editors, and a stronger one above the cell with the cursor. */
export class CellDecorations implements vscode.Disposable {
  readonly #rule = createRule('interactive.inactiveCodeBorder', 1);
  readonly #activeRule = createRule('interactive.activeCodeBorder', 2);
  readonly #disposables: DisposableStore;

  constructor() {
    const drawAll = () => vscode.window.visibleTextEditors.forEach((editor) => this.#draw(editor));
    this.#disposables = new DisposableStore(
      this.#rule,
      this.#activeRule,
      vscode.window.onDidChangeVisibleTextEditors(drawAll),
      vscode.window.onDidChangeActiveTextEditor(drawAll),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#draw(textEditor)),
      vscode.workspace.onDidChangeTextDocument(({ document }) =>
        vscode.window.visibleTextEditors
          .filter((editor) => editor.document === document)
          .forEach((editor) => this.#draw(editor)),
      ),
      onDidChangeSetting('cells', drawAll),
      vscode.extensions.onDidChange(drawAll),
    );
    drawAll();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #draw(editor: vscode.TextEditor): void {
    const cells = isWanted(editor.document) ? cellsIn(editor.document) : [];
    const active = editor === vscode.window.activeTextEditor ? cellIndexAt(cells, editor.selection.active.line) : -1;
    // The first line of a file needs no separator above it.
    const lines = cells.map(({ startLine }) => startLine);
    const others = lines.filter((line, index) => index !== active && line > 0);
    editor.setDecorations(this.#rule, others.map(atLine));
    editor.setDecorations(
      this.#activeRule,
      lines
        .slice(active, active + 1)
        .filter(() => active >= 0)
        .map(atLine),
    );
  }
}

/** Uses VS Code's own colors for cell borders in source files. */
function createRule(color: string, width: number): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    borderWidth: `${width}px 0 0 0`,
    borderStyle: 'solid',
    borderColor: new vscode.ThemeColor(color),
  });
}

/** The Jupyter extension draws its own separators, so ours are only drawn next to them if the user asks for them. */
function isWanted({ uri }: vscode.TextDocument): boolean {
  const isTaken = vscode.extensions.getExtension('ms-toolsai.jupyter') && !isSet('cells.decoration', uri);
  return !isTaken && setting('cells.decoration', uri);
}

function atLine(line: number): vscode.Range {
  return new vscode.Range(line, 0, line, 0);
}
