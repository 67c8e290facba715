import { Emitter } from '../emitter.js';
import type { Job } from './job.js';
import type { WorkerClient } from './workerClient.js';

/** The jobs of a session, which run one after the other in the attached worker. Every job is settled exactly once. */
export class CommandQueue {
  readonly #started = new Emitter<Job>();
  readonly #ended = new Emitter<Job>();
  readonly #drained = new Emitter<undefined>();
  #waiting: Job[] = [];
  #current: Job | undefined;
  #worker: WorkerClient | undefined;

  readonly onDidStart = this.#started.event;
  /** Fires when a job that ran has settled in any way. */
  readonly onDidEnd = this.#ended.event;
  /** Fires when there is a worker and no job for it. */
  readonly onDidDrain = this.#drained.event;

  get running(): Job | undefined {
    return this.#current;
  }

  /** Attaches a worker that is ready, with a job that precedes those that wait. */
  attach(worker: WorkerClient, first?: Job): void {
    this.#worker = worker;
    if (first) this.#waiting.unshift(first);
    this.#pump();
  }

  /** Detaches the worker and cancels all jobs. Later jobs wait for the next worker. */
  detach(): void {
    const job = this.#current;
    this.#worker = this.#current = undefined;
    if (job) {
      job.settle('cancelled');
      this.#ended.fire(job);
    }
    this.cancelWaiting();
  }

  submit(job: Job): void {
    this.#waiting.push(job);
    this.#pump();
  }

  /** Removes a job from the queue; no effect if it runs or is settled. */
  cancel(job: Job): void {
    if (!this.#waiting.includes(job)) return;
    this.#waiting = this.#waiting.filter((other) => other !== job);
    job.settle('cancelled');
  }

  cancelWaiting(): void {
    for (const job of this.#waiting.splice(0)) job.settle('cancelled');
  }

  #pump(): void {
    const worker = this.#worker;
    if (this.#current || !worker) return;
    const job = this.#waiting.shift();
    if (job) void this.#run(job, worker);
    else this.#drained.fire(undefined);
  }

  async #run(job: Job, worker: WorkerClient): Promise<void> {
    this.#current = job;
    this.#started.fire(job);
    job.writer.start();
    const ending = await worker.run(job.request, job.writer);
    if (this.#current !== job) return; // cancelled by detach
    this.#current = undefined;
    if ('death' in ending) this.#worker = undefined; // a listener must not run the next job there
    job.settle(ending);
    this.#ended.fire(job);
    this.#pump();
  }
}
