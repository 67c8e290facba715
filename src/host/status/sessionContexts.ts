import * as vscode from 'vscode';
import { setContext, setSessionContext } from '../contextKeys.js';
import type { WindowSessions } from '../sessions/windowSessions.js';

/** Keeps the context keys of sessions up to date. */
export class SessionContexts implements vscode.Disposable {
  readonly #sessions: WindowSessions;
  readonly #subscriptions: vscode.Disposable;

  constructor(sessions: WindowSessions) {
    this.#sessions = sessions;
    this.#subscriptions = vscode.Disposable.from(
      sessions.onDidChangeSession(() => {
        this.#tellOfFile();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.#tellOfFile();
      }),
    );
    this.tell();
  }

  /** Tells of all sessions; the caller decides when, because states change often. */
  tell(): void {
    const { status, current, all } = this.#sessions;
    setSessionContext(status);
    setContext('extsession.sessionIsCreated', this.#sessions.isCreated(current.id));
    setContext(
      'extsession.hasSessions',
      all.some((session) => !['none', 'dead'].includes(session.status.state)),
    );
    this.#tellOfFile();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #tellOfFile(): void {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    // If a webview has the focus, the value for the editor next to it remains valid.
    if (uri !== undefined) setContext('extsession.fileIsAttached', this.#sessions.attachedTo(uri) !== undefined);
  }
}
