import { Deadline, checkedMs } from '../deadline.js';
import { CancelledError, EvaluatorStartError } from '../errors.js';
import type { ListenerErrorReport } from '../emitter.js';
import { findEvaluator } from '../evaluator.js';
import type { Logger } from '../logger.js';
import type { ExtSessionOptions } from '../sessionOptions.js';
import type { StandardInput } from './standardInput.js';
import { StartOutput } from './startOutput.js';
import { type StartLink, startLocalLink } from '../link/startLocalLink.js';
import { startReachedLink } from '../reach/startReachedLink.js';
import { startSupervisedLink } from '../supervised/startSupervisedLink.js';
import { WorkerClient } from './workerClient.js';

const DEFAULT_START_TIMEOUT_MS = 30_000;

export interface StartWorkerOptions extends Omit<ExtSessionOptions, 'onInput' | 'logger'> {
  readonly input: StandardInput;
  readonly log: Logger;
  /** Receives the errors of listeners of the start's output; a warning of this process by default. */
  readonly listenerErrors?: ListenerErrorReport;
  /** A process on this machine by default. */
  readonly startLink?: StartLink;
}

/**
 * Starts an evaluator, and waits until it is ready for its first command. One time limit and one signal apply to the
 * whole start.
 * @throws EvaluatorNotFoundError, EvaluatorStartError with what the evaluator printed, CancelledError, and the errors
 * of `checkedMs`. No process is left in these cases.
 */
export async function startWorker({
  evaluator: chosen = 'python',
  startTimeoutMs = DEFAULT_START_TIMEOUT_MS,
  keepAlive = false,
  commandPrefix,
  startLink = linkFor(keepAlive, commandPrefix),
  outputBudget,
  listenerErrors,
  signal,
  input,
  log,
  ...launch
}: StartWorkerOptions): Promise<WorkerClient> {
  const evaluator = findEvaluator(chosen);
  const timeoutMs = checkedMs('startTimeoutMs', startTimeoutMs);
  let what = evaluator.name;
  const start = new StartOutput({ budget: outputBudget, report: listenerErrors });
  const deadline = new Deadline({
    timeoutMs,
    signal,
    late: () => {
      const seconds = timeoutMs / 1000;
      const message = `${what} was not ready within ${String(seconds)} s.`;
      return new EvaluatorStartError(message, start.text, { failure: { kind: 'late', seconds } });
    },
    cancelled: () => new CancelledError('The start was cancelled.'),
  });
  try {
    const link = await startLink({
      ...launch,
      evaluator,
      deadline,
      log,
      printed: start,
      onDidSpawn: (file) => {
        what = `${evaluator.name} at '${file}'`;
      },
    });
    const worker = new WorkerClient({ link, input, log, start });
    worker.open();
    await ready(worker, deadline);
    start.settle();
    return worker;
  } finally {
    deadline.dispose();
  }
}

function linkFor(keepAlive: boolean, commandPrefix: readonly string[] | undefined): StartLink {
  if (!commandPrefix) return keepAlive ? startSupervisedLink : startLocalLink;
  return (options) => startReachedLink({ ...options, commandPrefix, keepAlive });
}

async function ready(worker: WorkerClient, deadline: Deadline): Promise<void> {
  const ended = worker.exitStatus.then(async ({ exitCode, signal }) => {
    const output = await worker.link.lastWords();
    const failure = { kind: 'ended', exitCode, signal } as const;
    throw new EvaluatorStartError('The evaluator ended before it was ready.', output, { failure });
  });
  try {
    await deadline.race(Promise.race([worker.ready, ended]));
  } catch (error) {
    worker.dispose();
    throw error;
  }
}
