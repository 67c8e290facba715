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
 * What the extension gives to other extensions, as `vscode.extensions.getExtension('extsession.extsession').exports`.
 * A version, once given out, stays as it is.
 */
export interface ExtSessionExports {
  /** @throws Error for a version that there is not. */
  getApi(version: 1): ExtSessionApi;
}

/**
 * The sessions of this window. At an extension's first use the person is asked whether it may; the answer is remembered,
 * and ExtSession: Manage Access of Extensions changes it. Who asks is told by the file that calls `getApi`; where none can be
 * told, as for the bare callback of a promise, it asks for an extension without a name. Every method here and of the
 * sessions rejects with an ExtSessionError with code ACCESS_DENIED when it may not.
 */
export interface ExtSessionApi {
  /** As asked for. */
  readonly version: 1;
  /** Of the current session: the one that the panel and the status bar speak of. */
  readonly status: SessionStatus;
  /** Each change of `status`, whichever session is current then. */
  onDidChangeStatus(listener: (status: SessionStatus) => void): Disposable;
  /** Each command as it is handed to a session, by whomever, with the results that become of it. */
  onDidSubmit(listener: (command: SubmittedCommand) => void): Disposable;
  /**
   * Runs code in its language's session, which becomes the current one, as `ApiSession.execute` does.
   * @param languageId default 'python'
   */
  execute(source: string, languageId?: string): Promise<ExtResults>;
  /** One for each evaluator, such as 'python' and 'javascript', whether or not its process has started. */
  list(): Promise<readonly ApiSession[]>;
  /**
   * The session of a language, with its process started where there is none.
   * @param language default 'python'
   * @throws ExtSessionError with code EVALUATOR_NOT_FOUND for a language that there is not; SESSION_DEAD when there can be
   * no process: the person was told why.
   */
  start(language?: string): Promise<ApiSession>;
}

/**
 * A session that the person sees in the panel: what is executed shows up there. Owned by the window; listeners belong to
 * whoever registers them, hear nothing while access is denied, and are to be disposed of.
 */
export interface ApiSession {
  /** Such as 'python'. */
  readonly language: string;
  /** What it is doing, whether or not it is the current one. */
  readonly status: SessionStatus;
  /** Each change of `status`. */
  onDidChangeStatus(listener: (status: SessionStatus) => void): Disposable;
  /** Each command as it is handed to the session, by whomever, with the results that become of it. */
  onDidSubmit(listener: (command: SubmittedCommand) => void): Disposable;
  /**
   * Runs source after what is queued, and shows it in the panel.
   * @throws ExtSessionError with code SESSION_DEAD when there can be no process: the person was told why.
   */
  execute(source: string): Promise<ExtResults>;
  /**
   * The value of an expression, after what is queued; nothing of it shows in the panel.
   * @throws EvaluationError with the expression's own error, CancelledError, SessionDeadError.
   */
  evaluate(expression: string): Promise<Value>;
  /** @throws NameNotFoundError; what `evaluate` throws. */
  get(name: string): Promise<Value>;
  /** @throws ExtSessionError with code NOT_INTERRUPTIBLE when the command does not react. */
  interrupt(): Promise<void>;
}
