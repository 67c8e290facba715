import * as l10n from '@vscode/l10n';
import {
  type ErrorCode,
  EvaluationError,
  EvaluatorNotFoundError,
  EvaluatorStartError,
  ExtSessionError,
  NameNotFoundError,
  NotInterruptibleError,
  SessionDetachedError,
  SessionGoneError,
} from '../engine/errors.js';
import { exitCodeText } from '../engine/exitCodeText.js';

/**
 * An error as users read it. The messages of the engine are in English, for programs and for the log; errors of other
 * origin keep theirs.
 */
export function errorText(error: unknown): string {
  if (error instanceof ExtSessionError) return texts[error.code](error);
  return error instanceof Error ? error.message : String(error);
}

/** What went wrong by itself, or what the user's own code says. */
const texts: Readonly<Record<ErrorCode, (error: ExtSessionError) => string>> = {
  EVALUATOR_NOT_FOUND: (error) =>
    error instanceof EvaluatorNotFoundError
      ? l10n.t("'{0}' was not found. Check the path, or install it and try again.", error.interpreter)
      : l10n.t('The evaluator was not found.'),
  EVALUATOR_START_FAILED: (error) => (error instanceof EvaluatorStartError ? startText(error) : startFailed()),
  EVALUATION_FAILED: (error) => (error instanceof EvaluationError ? error.message : l10n.t('The code failed.')),
  NAME_NOT_FOUND: (error) =>
    error instanceof NameNotFoundError
      ? l10n.t("The session has no variable '{0}'.", error.variable)
      : l10n.t('The session has no such variable.'),
  RESULTS_NOT_READY: () => l10n.t('The command has not finished yet.'),
  RESULT_NOT_READY: () => l10n.t('The value is not available yet.'),
  OUTPUT_TOO_LARGE: () => l10n.t('The output is too large to be shown in one piece.'),
  OUTPUT_LOST: () => l10n.t('The output in a temporary file cannot be read any more.'),
  RESULTS_DISPOSED: () => l10n.t('The output of the command has been removed.'),
  SESSION_DEAD: () => l10n.t('The session has ended. Run code to start a new session.'),
  SESSION_DETACHED: (error) =>
    error instanceof SessionDetachedError && error.reason === 'lost'
      ? l10n.t('The connection to the machine was lost. The session continues there.')
      : l10n.t('The session continues in another window.'),
  SESSION_GONE: (error) =>
    error instanceof SessionGoneError && error.reason === 'unreachable'
      ? l10n.t('The machine of the session cannot be reached.')
      : l10n.t('The session of the last window has ended.'),
  ACCESS_DENIED: () => l10n.t('The extension is not allowed to use the session.'),
  CANCELLED: () => l10n.t('The request was cancelled before it ran.'),
  TIMEOUT: () => l10n.t('The session did not answer in time.'),
  NOT_ANSWERED: () => l10n.t('The session could not answer.'),
  NOT_INTERRUPTIBLE: (error) =>
    error instanceof NotInterruptibleError ? deafText(error) : l10n.t('The command did not respond to the interrupt.'),
  INVALID_OPTION: () => l10n.t('An option of the session is not valid.'),
  VALUE_UNREADABLE: () => l10n.t('The session sent a value that this version cannot read.'),
};

/** The reason, then what the program printed. */
function startText(error: EvaluatorStartError): string {
  const reason = startReason(error);
  return error.output ? `${reason}\n${error.output}` : reason;
}

function startReason({ failure }: EvaluatorStartError): string {
  switch (failure?.kind) {
    case 'ended':
      return l10n.t('It ended with {0} before it was ready. Check that it works.', exitText(failure));
    case 'late':
      return l10n.t('It was not ready within {0} s.', failure.seconds);
    case 'noFiles':
      return l10n.t(
        'The files for the session could not be created: {0}. Check that the temporary folder has free space and a short path.',
        failure.reason,
      );
    case 'refused':
      return l10n.t("The system could not start '{0}': {1}", failure.program, failure.reason);
    case 'tooLong':
      return l10n.t('Its arguments and environment variables are longer than the system allows.');
    case 'farEnded':
      return l10n.t("'{0}' ended with {1} before the session was ready.", failure.command, exitText(failure));
    case 'farInterpreterMissing':
      return l10n.t(
        "There is no '{0}' there, or it is not on PATH. {1} is needed.",
        failure.interpreter,
        failure.needs,
      );
    case 'farInterpreterOld':
      return l10n.t('The interpreter there is too old: {0}. {1} is needed.', failure.found, failure.needs);
    case 'farRefused':
      return l10n.t('The session could not be started there: {0}', failure.reason);
    case undefined:
      return startFailed();
  }
}

function startFailed(): string {
  return l10n.t('It could not be started. The log contains details.');
}

/** For example 'SIGSEGV', 'exit code 3', or 'exit code 0xC0000005' for a crash on Windows. */
export function exitText({ exitCode, signal }: { exitCode: number | null; signal: string | null }): string {
  if (signal !== null) return signal;
  if (exitCode === null) return l10n.t('unknown cause');
  return l10n.t('exit code {0}', exitCodeText(exitCode));
}

function deafText({ whereabouts }: NotInterruptibleError): string {
  switch (whereabouts.kind) {
    case 'noAnswer':
      return l10n.t('The command responded neither to the interrupt nor to a question. Restart the session to end it.');
    case 'at':
      return l10n.t(
        'The command did not respond to the interrupt. Restart the session to end it. It is at:\n{0}',
        whereabouts.stack,
      );
    case 'betweenCommands':
    case 'unknown':
      return l10n.t('The command did not respond to the interrupt. Restart the session to end it.');
  }
}
