import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/disposableStore.js';
import { onDidChangeSetting, setting } from '../../host/settings.js';
import { CoalescedAction } from '../../host/status/coalescedAction.js';
import { resultLine, stateOf, type Mark, type MarkState } from './mark.js';
import { gutterIcon } from './markIcons.js';
import type { Marks } from './marks.js';
import { columnsOf } from './columnsOf.js';
import { resultText } from './resultText.js';

const states: readonly MarkState[] = ['queued', 'running', 'paused', 'done', 'failed', 'interrupted', 'stale'];

/** Draws marks in the visible editors: an icon in the gutter, and the result at the end of the line. */
export class DrawnMarks implements vscode.Disposable {
  readonly #marks: Marks;

  readonly #gutter = states.map((state) => ({
    state,
    type: vscode.window.createTextEditorDecorationType(gutterIcon(state)),
  }));
  readonly #inline = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  readonly #disposables: DisposableStore;
  readonly #outdated = new Set<string>();
  readonly #soon = new CoalescedAction(() => this.#drawOutdated());
  /** What is drawn in each editor, as text, so that unchanged decorations are not sent again. */
  readonly #drawn = new WeakMap<vscode.TextEditor, Map<vscode.TextEditorDecorationType, string>>();

  constructor(marks: Marks) {
    this.#marks = marks;
    const drawAll = () => vscode.window.visibleTextEditors.forEach((editor) => this.#draw(editor));
    this.#disposables = new DisposableStore(
      ...this.#gutter.map(({ type }) => type),
      this.#inline,
      this.#soon,
      marks.onDidChange((uri) => this.#drawSoon(uri)),
      vscode.window.onDidChangeVisibleTextEditors(drawAll),
      onDidChangeSetting('editor', drawAll),
    );
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #drawSoon(uri: string): void {
    this.#outdated.add(uri);
    this.#soon.ask();
  }

  #drawOutdated(): void {
    const editors = vscode.window.visibleTextEditors;
    editors.filter(({ document }) => this.#outdated.has(document.uri.toString())).forEach((each) => this.#draw(each));
    this.#outdated.clear();
  }

  #draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    const marks = this.#marks.of(document);
    const signs = setting('editor.gutterMarks', document.uri) ? marks : [];
    for (const { state, type } of this.#gutter) {
      const lines = signs.filter((mark) => stateOf(mark) === state).map(({ lines: { firstLine } }) => firstLine);
      const signed = lines.map((line) => ({ range: new vscode.Range(line, 0, line, 0) }));
      this.#decorate(editor, type, signed);
    }
    const tabSize = typeof editor.options.tabSize === 'number' ? editor.options.tabSize : 4;
    const shown = shownResults(document, marks);
    this.#decorate(
      editor,
      this.#inline,
      shown.map((result) => decorationOf(result, columnsOf(document.lineAt(result.position).text, tabSize))),
    );
  }

  #decorate(
    editor: vscode.TextEditor,
    type: vscode.TextEditorDecorationType,
    options: vscode.DecorationOptions[],
  ): void {
    const drawn = this.#drawn.get(editor) ?? new Map<vscode.TextEditorDecorationType, string>();
    this.#drawn.set(editor, drawn);
    // VS Code moves decorations with edits, so unchanged options only mean unchanged decorations in the same version.
    const text = options.length > 0 ? JSON.stringify([editor.document.version, options]) : '';
    if ((drawn.get(type) ?? '') === text) return;
    drawn.set(type, text);
    editor.setDecorations(type, options);
  }
}

/** A mark with an inline result, and its position. */
export interface ShownResult {
  readonly mark: Mark;
  readonly text: string;
  readonly kind: 'value' | 'error';
  /** The end of its line. */
  readonly position: vscode.Position;
}

/** The inline results of a document: those of code that has not changed since it ran. */
export function shownResults(document: vscode.TextDocument, marks: readonly Mark[]): ShownResult[] {
  if (!setting('editor.inlineResults', document.uri)) return [];
  return marks.flatMap((mark) => {
    const outcome = mark.results?.outcome;
    const result = outcome && !mark.isStale && !mark.isCleared ? resultText(outcome, mark.display) : undefined;
    const line = resultLine(mark);
    if (!result || line >= document.lineCount) return [];
    return [{ mark, ...result, position: document.lineAt(line).range.end }];
  });
}

/** How many columns even a narrow editor has. */
const NARROW = 50;
/** In columns: the margin, what VS Code leaves free behind the longest line, and the vertical scroll bar. */
const BESIDE_RESULT = 3 + 4 + 3;
const LEAST_ROOM = 6;

/**
 * To VS Code, the result is no wider than what its line leaves free in a narrow editor: it does not make the editor
 * scroll sideways. The pointer finds it in that width only. The API has no option for this, but passes the style on.
 */
function decorationOf({ text, kind, position }: ShownResult, columns: number): vscode.DecorationOptions {
  const room = `${String(Math.max(LEAST_ROOM, NARROW - columns - BESIDE_RESULT))}ch`;
  const textDecoration = `none; display: inline-block; max-width: ${room}; white-space: pre`;
  const color = new vscode.ThemeColor(kind === 'error' ? 'editorError.foreground' : 'editor.inlineValuesForeground');
  return {
    range: new vscode.Range(position, position),
    renderOptions: {
      after: { contentText: text, color, margin: '0 0 0 3ch', fontStyle: 'normal', textDecoration },
    },
  };
}
