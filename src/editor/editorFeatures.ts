import * as vscode from 'vscode';
import { DisposableStore } from '../engine/disposableStore.js';
import type { ExtResults } from '../engine/extResults.js';
import { setContext } from '../host/contextKeys.js';
import { CoalescedAction } from '../host/status/coalescedAction.js';
import type { WindowSessions } from '../host/sessions/windowSessions.js';
import { CellDecorations } from './cells/cellDecorations.js';
import { followCells } from './cells/cellsContext.js';
import { registerCellLenses } from './cells/cellLenses.js';
import { registerCellSymbols } from './cells/cellSymbols.js';
import { registerFoldingRanges } from './cells/foldingRanges.js';
import { registerMarkerNotice } from './cells/markerNotice.js';
import { SessionCompletions } from './live/sessionCompletions.js';
import { ValueHover } from './live/valueHover.js';
import { DrawnMarks, shownResults } from './marks/drawnMarks.js';
import type { EarlierCommand } from './marks/earlierCommand.js';
import { ErrorDiagnostics } from './marks/errorDiagnostics.js';
import { Flash } from './marks/flash.js';
import { Marks } from './marks/marks.js';
import { registerResultHover, type PanelKeyOf } from './marks/resultHover.js';

/** Everything that the session shows in the editor. */
export class EditorFeatures implements vscode.Disposable {
  readonly #marks = new Marks();
  readonly #flash = new Flash();
  readonly #resultsSoon = new CoalescedAction(() => this.#tellOfResults());
  readonly #pausesChanged = new vscode.EventEmitter<void>();
  readonly #disposables: DisposableStore;

  constructor(sessions: WindowSessions, keyOf: PanelKeyOf) {
    this.#disposables = new DisposableStore(
      this.#marks,
      this.#flash,
      this.#resultsSoon,
      this.#pausesChanged,
      followCells(),
      new CellDecorations(),
      registerCellLenses({
        onDidChange: this.#pausesChanged.event,
        linesIn: (document) => this.#marks.pausedLines(document),
      }),
      registerCellSymbols(),
      registerFoldingRanges(),
      registerMarkerNotice(),
      new DrawnMarks(this.#marks),
      new ErrorDiagnostics(this.#marks),
      registerResultHover(this.#marks, keyOf),
      ValueHover.register(sessions),
      SessionCompletions.register(sessions),
      this.#marks.onDidChange(() => this.#resultsSoon.ask()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#tellOfResults()),
      sessions.onDidSend((command) => {
        this.#marks.add(command);
        if (command.origin && !command.isResumed) this.#flash.show(command.origin);
      }),
      sessions.onDidChangeSession(({ id, status: { state } }) => {
        if (state === 'restarting' || state === 'starting') this.#marks.forgetEnded(id);
      }),
    );
  }

  /** Marks the code of commands that ended in an earlier window, in a session that goes on; in their order. */
  restore(commands: readonly EarlierCommand[]): void {
    for (const command of commands.toReversed()) this.#marks.addEarlier(command);
  }

  /** A command has stopped in the debugger, or goes on. */
  pause(results: ExtResults, isPaused: boolean): void {
    this.#marks.pause(results, isPaused);
    this.#pausesChanged.fire();
  }

  /** Clears the inline results of the active editor. */
  clearResults(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (document) this.#marks.clearResults(document);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #tellOfResults(): void {
    const document = vscode.window.activeTextEditor?.document;
    // If a webview or an output channel has the focus, the value for the editor next to it remains valid.
    if (document)
      setContext('extsession.hasInlineResults', shownResults(document, this.#marks.of(document)).length > 0);
  }
}
