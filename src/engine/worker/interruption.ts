import type { CommandQueue } from './commandQueue.js';
import { NotInterruptibleError, type Whereabouts } from '../errors.js';
import { after } from '../deadline.js';
import type { Job } from './job.js';

const AGAIN_MS = 1000;
const GIVE_UP_MS = 2000;

/** How to reach a running command. */
export interface Interruptible {
  /** Interrupts the command with that id. */
  interrupt(id: number): void;
  /** Where the command is, as the lines of a traceback. */
  stack(): Promise<string>;
}

/**
 * Interrupts a running job, and again if it continues. Resolves when the job has ended.
 * @throws NotInterruptibleError if it does not respond within two seconds; it says where the command is.
 */
export function interruptJob(job: Job, queue: CommandQueue, worker: Interruptible): Promise<void> {
  return new Promise((resolve, reject) => {
    let where: Whereabouts = { kind: 'noAnswer' };
    const stop = (): void => {
      again.dispose();
      giveUp.dispose();
      ended.dispose();
    };
    const ended = queue.onDidEnd((other) => {
      if (other !== job) return;
      stop();
      resolve();
    });
    const again = after(AGAIN_MS, () => {
      worker.interrupt(job.request.id);
      worker.stack().then(
        (stack) => (where = stack ? { kind: 'at', stack } : { kind: 'betweenCommands' }),
        () => (where = { kind: 'unknown' }), // an evaluator that cannot answer
      );
    });
    const giveUp = after(GIVE_UP_MS, () => {
      stop();
      reject(new NotInterruptibleError(where));
    });
    worker.interrupt(job.request.id);
  });
}
