import { EvaluatorStartError } from '../errors.js';
import type { PortablePrograms } from '../evaluator.js';
import { describeExit, type ExitStatus } from '../link/childProcess.js';

/** As shells and programs that start others say it. */
const missing = /not found|no such file or directory|can't open|is not recognized/i;
/** What versions from before the receiver's options answer. */
const unknownOption = /unknown option|bad option|unrecognized option/i;

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
export function endedEarly({ command, interpreter, needs, status, words }: EarlyEnd): EvaluatorStartError {
  const how = `'${command}' ended with ${describeExit(status)} before the session was ready.`;
  const advice = unknownOption.test(words)
    ? ` The interpreter there is too old: ${needs} is needed.`
    : status.exitCode === 127 || (missing.test(words) && words.includes(interpreter))
      ? ` There is no '${interpreter}' there, or not on PATH: ${needs} is needed, and 'interpreter' names it.`
      : '';
  return new EvaluatorStartError(how + advice, words, { failure: { kind: 'ended', ...status } });
}

export function tooOld(found: string, { needs }: PortablePrograms): EvaluatorStartError {
  return new EvaluatorStartError(`The interpreter there is too old: ${found}. ${needs} is needed.`, '');
}
