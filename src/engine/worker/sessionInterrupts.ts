import type { Logger } from '../logger.js';
import type { CommandQueue } from './commandQueue.js';
import { interruptJob } from './interruption.js';
import type { Job } from './job.js';
import type { SessionProcess } from './sessionProcess.js';

export interface SessionInterruptsParts {
  readonly queue: CommandQueue;
  readonly process: SessionProcess;
  readonly log: Logger;
}

/** Interrupts the running command of a session, and takes queued ones back. */
export class SessionInterrupts {
  readonly #parts: SessionInterruptsParts;

  constructor(parts: SessionInterruptsParts) {
    this.#parts = parts;
  }

  /** @throws NotInterruptibleError if the running command does not respond within two seconds. */
  async interrupt(): Promise<void> {
    const cancelled = this.#parts.queue.cancelWaiting();
    await this.#interruptRunning();
    if (await cancelled) await this.#interruptRunning();
  }

  /** The signal takes the job back, or interrupts it. */
  abortWith(signal: AbortSignal, job: Job): void {
    const abort = (): void => {
      this.#abort(job);
    };
    signal.addEventListener('abort', abort, { once: true });
    const stop = (): void => {
      signal.removeEventListener('abort', abort);
    };
    job.writer.settled.then(stop, stop); // it rejects if the session goes on elsewhere
  }

  #abort(job: Job): void {
    const { queue, log } = this.#parts;
    const interrupt = (): void => {
      if (queue.running !== job) return;
      this.#interruptRunning().catch((error: unknown) => {
        log.warn(String(error));
      });
    };
    if (queue.running === job) interrupt();
    else void queue.cancel(job).then(interrupt);
  }

  async #interruptRunning(): Promise<void> {
    const { queue, process } = this.#parts;
    const { link } = process;
    const { running } = queue;
    if (!running || !link || process.state === 'dead') return;
    process.become('interrupting');
    try {
      await interruptJob(running, queue, {
        interrupt: (id) => {
          link.interrupt(id);
          running.onInterrupt?.();
        },
        stack: () => process.introspect((introspection) => introspection.stack()),
      });
    } finally {
      if (queue.running === running && process.state === 'interrupting') process.become('busy');
    }
  }
}
