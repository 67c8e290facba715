import { EvaluatorStartError, type FarFailure } from '../errors.js';
import { describeExit, type ExitStatus } from '../link/childProcess.js';

/** As shells and programs that start others say it. */
const missing = /not found|no such file or directory|can't open|is not recognized/i;
/** What versions from before the receiver's options answer. */
const unknownOption = /unknown option|bad option|unrecognized option/i;
const NOT_FOUND = 127;

/** The program of the prefix cannot be started. */
export function notStarted(file: string, error: unknown): EvaluatorStartError {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  const reason = isMissing ? 'there is no such program' : error instanceof Error ? error.message : String(error);
  return new EvaluatorStartError(`'${file}' could not be started: ${reason}.`, '', {
    cause: error,
    failure: { kind: 'refused', program: file, reason },
  });
}

export interface EarlyEnd {
  readonly command: string;
  readonly interpreter: string;
  readonly needs: string;
  readonly status: ExitStatus;
  /** What was printed to standard error. */
  readonly words: string;
}

/** The command has ended before the receiver answered. */
export function endedEarly(end: EarlyEnd): EvaluatorStartError {
  const failure = failureOf(end);
  const how = `'${end.command}' ended with ${describeExit(end.status)} before the session was ready.`;
  const advice = failure.kind === 'farEnded' ? '' : ` ${farText(failure)}`;
  return new EvaluatorStartError(how + advice, end.words, { failure });
}

function failureOf({ command, interpreter, needs, status, words }: EarlyEnd): FarFailure {
  if (unknownOption.test(words)) return { kind: 'farInterpreterOld', found: interpreter, needs };
  const isMissing =
    status.exitCode === NOT_FOUND || (missing.test(words) && words.split(/[\s"'‘’`:,]+/).includes(interpreter));
  return isMissing ? { kind: 'farInterpreterMissing', interpreter, needs } : { kind: 'farEnded', command, ...status };
}

/** An error of which the far end itself speaks. */
export function farError(failure: Exclude<FarFailure, { kind: 'farEnded' }>): EvaluatorStartError {
  return new EvaluatorStartError(farText(failure), '', { failure });
}

function farText(failure: Exclude<FarFailure, { kind: 'farEnded' }>): string {
  switch (failure.kind) {
    case 'farInterpreterMissing':
      return `There is no '${failure.interpreter}' there, or not on PATH: ${failure.needs} is needed, and 'interpreter' names it.`;
    case 'farInterpreterOld':
      return `The interpreter there is too old: ${failure.found}. ${failure.needs} is needed.`;
    case 'farRefused':
      return `The session could not be started there. ${failure.reason}`;
  }
}
