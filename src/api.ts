import type { Disposable } from './engine/disposable.js';
import type { ExtResults } from './engine/extResults.js';
import type { Value } from './engine/values.js';
import type { SubmittedCommand } from './host/sessions/command.js';
import type { SessionStatus } from './host/sessions/sessionStatus.js';

export type { Disposable } from './engine/disposable.js';
export type { ExtResults } from './engine/extResults.js';
export type { Value } from './engine/values.js';
export type { Command, Origin, SubmittedCommand } from './host/sessions/command.js';
export type { SessionStatus } from './host/sessions/sessionStatus.js';

/**
 * What the extension offers to other extensions, as `vscode.extensions.getExtension('extsession.extsession').exports`.
 * A released version does not change.
 */
export interface ExtSessionExports {
  /** @throws Error for an unknown version. */
  getApi(version: 1): ExtSessionApi;
}

/**
 * The sessions of this window. When an extension first uses them, the user is asked for permission. The answer is
 * remembered, and 'ExtSession: Manage Extension Access' changes it. The calling extension is identified by the file
 * that calls `getApi`; if it cannot be identified, for example in the bare callback of a promise, the user is asked
 * about an unknown extension. Without permission, every method of this interface and of the sessions rejects with an
 * ExtSessionError with code ACCESS_DENIED.
 */
export interface ExtSessionApi {
  /** The requested version. */
  readonly version: 1;
  /** The status of the current session, which the panel and the status bar show. */
  readonly status: SessionStatus;
  /** Called for each change of `status`, including a change of the current session. */
  onDidChangeStatus(listener: (status: SessionStatus) => void): Disposable;
  /** Called for each command that is handed to a session, by any caller, with its results. */
  onDidSubmit(listener: (command: SubmittedCommand) => void): Disposable;
  /**
   * Runs code in the session of its language, which becomes the current session, like `ApiSession.execute`.
   * @param languageId 'python' by default
   */
  execute(source: string, languageId?: string): Promise<ExtResults>;
  /**
   * All sessions, whether or not their processes have started: one for each evaluator, such as 'python' and
   * 'javascript', those of further workspace folders, and those that the user has created.
   */
  list(): Promise<readonly ApiSession[]>;
  /**
   * The default session of a language. Starts its process if there is none.
   * @param language 'python' by default
   * @throws ExtSessionError with code EVALUATOR_NOT_FOUND for an unknown language; SESSION_DEAD if no process can be
   * started, in which case the user has been told why.
   */
  start(language?: string): Promise<ApiSession>;
}

/**
 * A session that the user sees in the panel, which shows what is executed. The window owns it. Whoever registers a
 * listener disposes of it; listeners are not called while access is denied.
 */
export interface ApiSession {
  /** For example 'python'. */
  readonly language: string;
  /** The status of this session, whether or not it is the current one. */
  readonly status: SessionStatus;
  /** Called for each change of `status`. */
  onDidChangeStatus(listener: (status: SessionStatus) => void): Disposable;
  /** Called for each command that is handed to the session, by any caller, with its results. */
  onDidSubmit(listener: (command: SubmittedCommand) => void): Disposable;
  /**
   * Runs source after the queued commands, and shows it in the panel.
   * @throws ExtSessionError with code SESSION_DEAD if no process can be started, in which case the user has been told
   * why.
   */
  execute(source: string): Promise<ExtResults>;
  /**
   * The value of an expression, after the queued commands. The panel does not show it.
   * @throws EvaluationError with the expression's own error, CancelledError, SessionDeadError.
   */
  evaluate(expression: string): Promise<Value>;
  /** @throws NameNotFoundError, and the errors of `evaluate`. */
  get(name: string): Promise<Value>;
  /** @throws ExtSessionError with code NOT_INTERRUPTIBLE if the command does not respond. */
  interrupt(): Promise<void>;
}
