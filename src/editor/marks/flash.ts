import * as vscode from 'vscode';
import { setting } from '../../host/settings.js';
import type { Origin } from '../../host/sessions/command.js';

const FLASH_MS = 180;

/** Briefly highlights the lines that are run. */
export class Flash implements vscode.Disposable {
  readonly #light = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    outline: '1px solid transparent',
    outlineColor: new vscode.ThemeColor('editor.rangeHighlightBorder'),
  });
  readonly #ends = new Map<vscode.TextEditor, NodeJS.Timeout>();

  show({ uri, firstLine, lastLine }: Origin): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const { document } = editor;
      if (document.uri.toString() !== uri || !setting('editor.flash', document.uri)) continue;
      editor.setDecorations(this.#light, [new vscode.Range(firstLine, 0, lastLine, 0)]);
      clearTimeout(this.#ends.get(editor));
      this.#ends.set(
        editor,
        setTimeout(() => this.#end(editor), FLASH_MS),
      );
    }
  }

  dispose(): void {
    this.#ends.forEach((timer) => clearTimeout(timer));
    this.#light.dispose();
  }

  #end(editor: vscode.TextEditor): void {
    this.#ends.delete(editor);
    editor.setDecorations(this.#light, []);
  }
}
