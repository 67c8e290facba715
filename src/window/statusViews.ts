import type { Disposable } from '../engine/disposable.js';
import { DisposableStore } from '../engine/disposableStore.js';
import { CoalescedAction } from '../host/status/coalescedAction.js';
import { SessionContexts } from '../host/status/sessionContexts.js';
import type { WindowSessions } from '../host/sessions/windowSessions.js';
import { StatusBar } from '../host/status/statusBar.js';

/** Keeps the status bar and the context keys of sessions up to date. */
export class StatusViews implements Disposable {
  readonly #disposables = new DisposableStore();

  constructor(sessions: WindowSessions) {
    const statusBar = this.#disposables.add(new StatusBar());
    const contexts = this.#disposables.add(new SessionContexts(sessions));
    const tell = (): void => {
      statusBar.show(sessions.status, sessions.current.process);
      contexts.tell();
    };
    const soon = this.#disposables.add(new CoalescedAction(tell));
    const ask = (): void => {
      soon.ask();
    };
    this.#disposables.add(sessions.onDidChangeSession(ask));
    this.#disposables.add(sessions.onDidChangeStatus(ask));
    tell();
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
