import * as vscode from 'vscode';
import { DisposableStore } from '../engine/disposableStore.js';
import { setContext } from '../host/contextKeys.js';
import { filenameOf } from '../host/filename.js';
import { type LineTime, lineTimes } from './lineTimes.js';

const HOT_SHARE = 0.1;

/** Shows at the ends of lines how long they have run, until their file changes. */
export class LineTimesInEditor implements vscode.Disposable {
  readonly #times = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 4ch', color: new vscode.ThemeColor('editorCodeLens.foreground') },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  readonly #hot = vscode.window.createTextEditorDecorationType({
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.warningForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
  readonly #disposables: DisposableStore;
  #files = new Map<string, readonly LineTime[]>();

  constructor() {
    this.#disposables = new DisposableStore(
      this.#times,
      this.#hot,
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.#draw();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.#files.delete(fileOf(document))) this.#draw();
      }),
    );
  }

  /**
   * Begins to watch what changes while a command runs. Returns a function that shows its profile, but not in files that
   * have changed since.
   */
  begin(): { readonly show: (profile: string) => void; readonly end: () => void } {
    const changed = new Set<string>();
    const watch = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) changed.add(fileOf(document));
    });
    return {
      show: (profile) => {
        this.#files = new Map([...lineTimes(profile)].filter(([file]) => !changed.has(file)));
        this.#draw();
      },
      end: () => {
        watch.dispose();
      },
    };
  }

  clear(): void {
    this.#files.clear();
    this.#draw();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #draw(): void {
    setContext('extsession.hasLineTimes', this.#files.size > 0);
    for (const editor of vscode.window.visibleTextEditors) {
      const { document } = editor;
      const shown = (this.#files.get(fileOf(document)) ?? []).filter(({ line }) => line < document.lineCount);
      editor.setDecorations(
        this.#times,
        shown.map((time) => decorationOf(time, document)),
      );
      editor.setDecorations(
        this.#hot,
        shown.filter(({ share }) => share >= HOT_SHARE).map(({ line }) => new vscode.Range(line, 0, line, 0)),
      );
    }
  }
}

function fileOf({ uri }: vscode.TextDocument): string {
  return filenameOf(uri.toString());
}

function decorationOf({ line, ms, share }: LineTime, document: vscode.TextDocument): vscode.DecorationOptions {
  const percent = share < 0.01 ? '<1 %' : `${String(Math.round(share * 100))} %`;
  const { end } = document.lineAt(line).range;
  return {
    range: new vscode.Range(end, end),
    renderOptions: { after: { contentText: `${timeText(ms)} · ${percent}` } },
    hoverMessage: vscode.l10n.t(
      'Time spent in this line itself, and its share of the command. Editing the file clears it.',
    ),
  };
}

function timeText(ms: number): string {
  return ms < 1000 ? `${String(Math.round(ms))} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}
