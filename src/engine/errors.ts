import type { ErrorInfo } from '../protocol/output.js';

/** The kind of an error, for programs. */
export type ErrorCode =
  | 'EVALUATOR_NOT_FOUND'
  | 'EVALUATOR_START_FAILED'
  | 'EVALUATION_FAILED'
  | 'NAME_NOT_FOUND'
  | 'RESULTS_NOT_READY'
  | 'RESULT_NOT_READY'
  | 'OUTPUT_TOO_LARGE'
  | 'OUTPUT_LOST'
  | 'RESULTS_DISPOSED'
  | 'SESSION_DEAD'
  | 'SESSION_DETACHED'
  | 'SESSION_GONE'
  | 'ACCESS_DENIED'
  | 'CANCELLED'
  | 'TIMEOUT'
  | 'NOT_ANSWERED'
  | 'NOT_INTERRUPTIBLE'
  | 'INVALID_OPTION'
  | 'VALUE_UNREADABLE';

/** The base class of every error that ExtSession throws: `code` for programs, `message` for users. */
export class ExtSessionError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** There is no evaluator at the requested path, or none of that name on PATH. */
export class EvaluatorNotFoundError extends ExtSessionError {
  constructor(
    readonly interpreter: string,
    options?: ErrorOptions,
  ) {
    super(
      'EVALUATOR_NOT_FOUND',
      `No evaluator found at '${interpreter}'. Check the path, or install it and try again.`,
      options,
    );
  }
}

/** Why an evaluator did not start, for those who tell users in their own words. */
export type StartFailure =
  | { readonly kind: 'ended'; readonly exitCode: number | null; readonly signal: string | null }
  | { readonly kind: 'late'; readonly seconds: number }
  | { readonly kind: 'noFiles'; readonly reason: string }
  | { readonly kind: 'refused'; readonly program: string; readonly reason: string }
  | { readonly kind: 'tooLong' }
  | FarFailure;

/** Why a session did not start where an argv prefix leads; `command` is the prefix. */
export type FarFailure =
  | {
      readonly kind: 'farEnded';
      readonly command: string;
      readonly exitCode: number | null;
      readonly signal: string | null;
    }
  | { readonly kind: 'farInterpreterMissing'; readonly interpreter: string; readonly needs: string }
  | { readonly kind: 'farInterpreterOld'; readonly found: string; readonly needs: string }
  | { readonly kind: 'farRefused'; readonly reason: string };

/** The evaluator was found but did not start; `output` is what it printed. */
export class EvaluatorStartError extends ExtSessionError {
  readonly failure: StartFailure | undefined;

  constructor(
    message: string,
    readonly output: string,
    { failure, ...options }: ErrorOptions & { readonly failure?: StartFailure } = {},
  ) {
    super('EVALUATOR_START_FAILED', output ? `${message}\n${output}` : message, options);
    this.failure = failure;
  }
}

/** The working directory for the evaluator does not exist. */
export class WorkingDirectoryError extends EvaluatorStartError {
  constructor(
    readonly folder: string,
    options?: ErrorOptions,
  ) {
    super(`The working directory '${folder}' does not exist or is not a folder. Choose another one.`, '', options);
  }
}

/** The evaluated code raised an exception; `error` is the exception as data. */
export class EvaluationError extends ExtSessionError {
  constructor(readonly error: ErrorInfo) {
    super('EVALUATION_FAILED', error.message ? `${error.name}: ${error.message}` : error.name);
  }
}

/** The session has no variable of that name. */
export class NameNotFoundError extends ExtSessionError {
  constructor(readonly variable: string) {
    super('NAME_NOT_FOUND', `The session has no variable '${variable}'.`);
  }
}

/** The command is not done yet: await `wait()` first. */
export class ResultsNotReadyError extends ExtSessionError {
  constructor(id: number) {
    super('RESULTS_NOT_READY', `Command ${String(id)} is not done yet; await wait() before reading its output.`);
  }
}

/** The results were disposed of: their output is gone. */
export class ResultsDisposedError extends ExtSessionError {
  constructor() {
    super('RESULTS_DISPOSED', 'The results were disposed of. Read their output before that.');
  }
}

/** The value is not ready yet: await `wait()` first. */
export class ResultNotReadyError extends ExtSessionError {
  constructor() {
    super('RESULT_NOT_READY', 'The value is not ready yet; await wait() before reading it.');
  }
}

/** The session's process has ended; `restart()` starts a new one. */
export class SessionDeadError extends ExtSessionError {
  constructor(detail: string) {
    super('SESSION_DEAD', `The session has ended (${detail}). Restart it to run more commands.`);
  }
}

/** This process is not the session's host any more; the session goes on. */
export class SessionDetachedError extends ExtSessionError {
  /**
   * `detached` by `detach()`, `replaced` by a host that attached later, or `lost` with the connection to its machine,
   * which also does not answer if the session's supervisor has been stopped.
   */
  constructor(readonly reason: 'detached' | 'replaced' | 'lost') {
    super('SESSION_DETACHED', detachedTexts[reason]);
  }
}

const detachedTexts: Readonly<Record<SessionDetachedError['reason'], string>> = {
  detached: 'This object has let go of the session. Use ExtSession.attach() to go on with it.',
  replaced: 'Another host has attached to the session. Use ExtSession.attach() to take it back.',
  lost: 'The connection to the session’s machine was lost. Use ExtSession.attach() to go on with the session.',
};

/** Why there is no session to attach to. */
export type GoneReason = 'ended' | 'refused' | 'version' | 'unreachable';

const goneTexts: Readonly<Record<GoneReason, string>> = {
  ended: 'The session has ended, and nothing of it is left. Start a new one.',
  refused: 'The session does not accept this reference. It may be that of an earlier process.',
  unreachable: 'The machine of the session cannot be reached. The session may go on there: try again later.',
  version:
    'The session was started by another version of ExtSession, with which this one cannot communicate. Use that version to end it, or end its process.',
};

/** The session of a reference has ended, or cannot be reached. */
export class SessionGoneError extends ExtSessionError {
  constructor(
    readonly reason: GoneReason,
    detail?: string,
    options?: ErrorOptions,
  ) {
    super('SESSION_GONE', detail === undefined ? goneTexts[reason] : `${goneTexts[reason]} (${detail})`, options);
  }
}

/** The request was cancelled before it ran. */
export class CancelledError extends ExtSessionError {
  constructor(message = 'The request was cancelled before it ran.') {
    super('CANCELLED', message);
  }
}

/** What is known of a command that does not respond to an interrupt. */
export type Whereabouts =
  | { readonly kind: 'noAnswer' | 'betweenCommands' | 'unknown' }
  | { readonly kind: 'at'; readonly stack: string };

/** The command does not respond to an interrupt; `restart` ends it. */
export class NotInterruptibleError extends ExtSessionError {
  constructor(readonly whereabouts: Whereabouts) {
    const message = `The command did not respond to the interrupt. Restart the session to end it. ${describe(whereabouts)}`;
    super('NOT_INTERRUPTIBLE', message);
  }
}

function describe(whereabouts: Whereabouts): string {
  switch (whereabouts.kind) {
    case 'noAnswer':
      return 'It answers nothing either: what it runs leaves no room for an answer.';
    case 'betweenCommands':
      return 'It is between commands.';
    case 'at':
      return `It is at:\n${whereabouts.stack}`;
    case 'unknown':
      return '';
  }
}

/** Users and logs see these names, which a minified bundle does not keep by itself. */
for (const [name, error] of Object.entries({
  ExtSessionError,
  EvaluatorNotFoundError,
  EvaluatorStartError,
  WorkingDirectoryError,
  EvaluationError,
  NameNotFoundError,
  ResultsNotReadyError,
  ResultsDisposedError,
  ResultNotReadyError,
  SessionDeadError,
  SessionDetachedError,
  SessionGoneError,
  CancelledError,
  NotInterruptibleError,
}))
  Object.defineProperty(error, 'name', { value: name });
