import { within } from '../deadline.js';
import { CancelledError } from '../errors.js';
import type { WorkerClient } from './workerClient.js';

/** How long a process that is replaced may take to end: for the interrupt and its exit handlers together. */
const GRACE_MS = 2000;

/** The end of a process that a restart replaces. */
export interface Retirement {
  /** Settles when the process has ended, or was killed because it took too long. */
  readonly done: Promise<void>;
  /** Kills the process now. */
  hurry(): void;
}

/** Ends a process in order, within a short time. `running` is the command that is to be interrupted. */
export function retire(worker: WorkerClient, running: number | undefined): Retirement {
  worker.introspection.stop(new CancelledError('The session was restarted.'));
  if (running !== undefined) worker.link.interrupt(running);
  worker.exit(0);
  let hurry = (): void => undefined;
  const hurried = new Promise<void>((resolve) => {
    hurry = resolve;
  });
  const done = within(GRACE_MS, Promise.race([worker.exitStatus, hurried])).then(() => {
    worker.dispose();
  });
  return { done, hurry };
}
