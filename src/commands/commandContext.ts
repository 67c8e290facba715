import type * as vscode from 'vscode';
import type { Transcript } from '../host/sessions/transcript.js';
import type { WindowSessions } from '../host/sessions/windowSessions.js';
import type { Cursors } from './cursors.js';

/** What the commands work with. */
export interface CommandContext {
  readonly sessions: WindowSessions;
  readonly transcript: Pick<Transcript, 'clear'>;
  readonly cursors: Cursors;
  readonly panel: {
    show(options?: { readonly focus?: boolean; readonly key?: number }): void;
    perform(intent: unknown): void;
  };
  readonly editor: { clearResults(): void };
  readonly access: { manage(): Promise<void> };
  readonly log: vscode.LogOutputChannel;
  /** Remembers small things between windows. */
  readonly memory: vscode.Memento;
}
