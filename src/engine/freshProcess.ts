import type { Outcome } from '../protocol/output.js';
import type { ExitStatus } from './link/childProcess.js';
import { Deadline } from './deadline.js';
import { CancelledError, ExtSessionError } from './errors.js';
import { ExtSession } from './extSession.js';
import type { ExtSessionOptions } from './sessionOptions.js';
import { type Value, decodeValue } from './values.js';

/** How the process is started, and how long it may take. `signal` cancels the whole call, not only the start. */
export interface FreshProcessOptions extends Omit<
  ExtSessionOptions,
  'startup' | 'keepAlive' | 'keepAliveMs' | 'keepRunningMs' | 'holdsResults' | 'journalBytes'
> {
  /** The maximum time for start and run together, in milliseconds up to `Infinity`; no limit if absent. */
  readonly timeoutMs?: number;
}

/** What a process wrote, and how it ended: one of `exitCode` and `signal` is null. */
export interface Execution extends ExitStatus {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The value of an expression in a fresh process, which ends afterwards. Its output is dropped.
 * @throws EvaluationError with the expression's own error, the errors of `ExtSession.start`, SessionDeadError if the
 * process dies, ExtSessionError with code TIMEOUT, CancelledError, TypeError or RangeError if `timeoutMs` is not a
 * duration.
 */
export async function exteval(expression: string, options: FreshProcessOptions = {}): Promise<Value> {
  return decodeValue(await evaluateEncoded(expression, options));
}

/** Like `exteval`, but returns the encoded value. */
export function evaluateEncoded(expression: string, options: FreshProcessOptions): Promise<unknown> {
  return inFreshSession(options, (session) => session.evaluateEncoded(expression));
}

/**
 * Runs source in a fresh process to its end, as a script: an error is exit code 1 with the traceback in `stderr`, and
 * `sys.exit(3)` is exit code 3. It lasts as long as the threads of the process, or in JavaScript as long as anything
 * keeps the event loop alive. It includes the output of exit handlers; child processes that outlive the process are
 * ended.
 * @throws the errors of `ExtSession.start`, ExtSessionError with code TIMEOUT, CancelledError, TypeError or RangeError
 * if `timeoutMs` is not a duration.
 */
export function extexec(source: string, options: FreshProcessOptions = {}): Promise<Execution> {
  return inFreshSession(options, async (session) => {
    const place = options.script ? { filename: options.script.file, firstLine: 1 } : {};
    await using results = session.execute(source, place);
    await using start = session.startOutput;
    const { exitCode, stderr } = exitOf(await results.wait());
    const status = await session.finish(exitCode);
    return { stdout: start.stdout + results.stdout, stderr: start.stderr + results.stderr + stderr, ...status };
  });
}

async function inFreshSession<T>(
  { timeoutMs, signal, ...options }: FreshProcessOptions,
  use: (session: ExtSession) => Promise<T>,
): Promise<T> {
  const deadline = new Deadline({
    timeoutMs,
    signal,
    late: () => {
      const message = `The code did not finish within ${String(timeoutMs)} ms. Its process was ended.`;
      return new ExtSessionError('TIMEOUT', message);
    },
    cancelled: () => new CancelledError('The code was cancelled. Its process was ended.'),
  });
  const cancel = deadline.signal;
  try {
    await using session = await ExtSession.start({ ...options, keepLines: false, signal: cancel });
    const end = (): void => void session.exit();
    cancel.addEventListener('abort', end, { once: true });
    cancel.throwIfAborted(); // at the very end of the start, which did not notice it any more
    const used = await use(session);
    if (!cancel.aborted) return used;
  } catch (error) {
    if (!cancel.aborted) throw error;
  } finally {
    deadline.dispose();
  }
  throw cancel.reason;
}

/** The exit code of a script that ended with this outcome, and what it would print. */
export function exitOf(outcome: Outcome): { exitCode: number; stderr: string } {
  if (outcome.status === 'interrupted') return { exitCode: 130, stderr: outcome.error.traceback };
  if (outcome.status !== 'error') return { exitCode: 0, stderr: '' };
  const { exitCode, exitMessage = '', traceback } = outcome.error;
  return exitCode === undefined ? { exitCode: 1, stderr: traceback } : { exitCode, stderr: exitMessage };
}
