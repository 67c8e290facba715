import { Emitter } from '../emitter.js';
import type { Job } from './job.js';
import type { WorkerClient } from './workerClient.js';

/** A session's jobs, run one after the other in the worker that is attached. Every job that comes in is settled once. */
export class CommandQueue {
  readonly #started = new Emitter<Job>();
  readonly #ended = new Emitter<Job>();
  readonly #drained = new Emitter<undefined>();
  #waiting: Job[] = [];
  #current: Job | undefined;
  #worker: WorkerClient | undefined;

  readonly onDidStart = this.#started.event;
  /** A job that ran is settled, in whatever way. */
  readonly onDidEnd = this.#ended.event;
  /** There is a worker, and no job for it. */
  readonly onDidDrain = this.#drained.event;

  get running(): Job | undefined {
    return this.#current;
  }

  /** Gives the queue a worker that is ready. */
  attach(worker: WorkerClient): void {
    this.#worker = worker;
    this.#pump();
  }

  /** Takes the worker away and cancels everything. What is submitted from now on waits for the next worker. */
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

  /** Takes one job out of those that wait; no effect on one that runs or is settled. */
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
    job.results.start();
    const ending = await worker.run(job.request, job.results);
    if (this.#current !== job) return; // cancelled by detach
    this.#current = undefined;
    if ('death' in ending) this.#worker = undefined; // whoever hears of the end must not run the next job there
    job.settle(ending);
    this.#ended.fire(job);
    this.#pump();
  }
}
