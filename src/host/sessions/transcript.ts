import type { Notice } from '../notice.js';
import type { FileRun, SessionStart, ShownText, SubmittedCommand } from './command.js';
import type { SessionStatus } from './sessionStatus.js';

/**
 * The record that sessions write and the panel shows. Implemented by the panel's model; sessions do not know the panel.
 */
export interface Transcript {
  /** The session that is shown, and all that can be. */
  setStatus(status: SessionStatus, all?: readonly SessionStatus[]): void;
  /** Adds a command and follows its results until they are closed. */
  add(command: SubmittedCommand): void;
  /** Adds what was printed as a session started, or its startup commands, and follows it. */
  addStart(start: SessionStart): void;
  /** Adds Markdown of a document, between the commands of that evaluator. */
  addText(text: ShownText, evaluator: string, session?: string): void;
  /** Adds the run of a file and follows it until its process has ended. */
  addRun(run: FileRun): void;
  /** Adds a divider: the entries of that session above it belong to an earlier process. */
  divide(kind: 'restarted' | 'started', evaluator: string, session?: string): void;
  /** This session of the last window goes on in this one. */
  markContinued(session: string): void;
  notify(notice: Notice): void;
  /** Removes the finished entries of the session that is shown. */
  clear(): void;
  /** Removes all entries of a session. */
  forget(session: string): void;
}
