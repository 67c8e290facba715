import { Emitter } from '../emitter.js';
import type { RequestsAhead } from '../link/link.js';
import type { Job, JobEnding } from './job.js';
import type { Ending, RequestsInOrder, WorkerClient } from './workerClient.js';

/** Jobs that come before those that wait for a worker. */
export interface FirstJobs {
  /** The worker already has them. */
  readonly sent?: readonly Job[];
  readonly unsent?: readonly Job[];
}

/**
 * The jobs of a session, which run one after the other in the attached worker. Every job is settled exactly once. A
 * worker that takes requests ahead receives all of them at once, and says when each begins.
 */
export class CommandQueue implements RequestsInOrder {
  readonly #started = new Emitter<Job>();
  readonly #ended = new Emitter<Job>();
  readonly #drained = new Emitter<undefined>();
  #waiting: Job[] = [];
  readonly #sentAhead = new Set<Job>();
  /** Jobs that were sent ahead and are to be taken back, until it is known whether they begin nevertheless. */
  readonly #askedBack = new Map<
    Job,
    { readonly answered: Promise<boolean>; readonly answer: (begins: boolean) => void }
  >();
  #current: Job | undefined;
  /** Finishes a job whose request has just ended. */
  #finish: (() => void) | undefined;
  #worker: WorkerClient | undefined;

  readonly onDidStart = this.#started.event;
  /** Fires when a job that ran has settled in any way. */
  readonly onDidEnd = this.#ended.event;
  /** Fires when there is a worker and no job for it. */
  readonly onDidDrain = this.#drained.event;

  get running(): Job | undefined {
    return this.#current;
  }

  /** Attaches a worker that is ready, with jobs that precede those that wait: the worker already has them, or not. */
  attach(worker: WorkerClient, { sent = [], unsent = [] }: FirstJobs = {}): void {
    this.#worker = worker;
    worker.requests = this;
    this.#waiting.unshift(...sent, ...unsent);
    for (const job of sent) this.#sentAhead.add(job);
    this.#pump();
  }

  /** Detaches the worker and settles all jobs, as cancelled by default. Later jobs wait for the next worker. */
  detach(ending: JobEnding = 'cancelled'): void {
    const job = this.#current;
    this.#worker = this.#current = this.#finish = undefined;
    this.#sentAhead.clear();
    if (job) {
      job.settle(ending);
      this.#ended.fire(job);
    }
    for (const waiting of this.#waiting.splice(0)) waiting.settle(ending);
    for (const cancelled of [...this.#askedBack.keys()]) this.#answerCancel(cancelled, false);
  }

  submit(job: Job): void {
    this.#waiting.push(job);
    this.#pump();
  }

  /**
   * Removes a job from the queue; no effect if it runs or is settled. Resolves with whether it begins nevertheless,
   * since its request was sent ahead.
   */
  cancel(job: Job): Promise<boolean> {
    if (!this.#waiting.includes(job)) return Promise.resolve(false);
    const { ahead } = this.#worker?.link ?? {};
    if (ahead && this.#sentAhead.has(job)) return this.#askBack(job, ahead);
    this.#waiting = this.#waiting.filter((other) => other !== job);
    job.settle('cancelled');
    return Promise.resolve(false);
  }

  /** Resolves with whether one of them begins nevertheless. */
  async cancelWaiting(): Promise<boolean> {
    const begins = await Promise.all(this.#waiting.map((job) => this.cancel(job)));
    return begins.includes(true);
  }

  /** A job can be asked back several times: by its signal, by an interrupt and by the end. */
  #askBack(job: Job, ahead: RequestsAhead): Promise<boolean> {
    const asked = this.#askedBack.get(job);
    if (asked) return asked.answered;
    let answer: (begins: boolean) => void = () => undefined;
    const answered = new Promise<boolean>((resolve) => (answer = resolve));
    this.#askedBack.set(job, { answered, answer });
    ahead.cancel(job.request.id);
    return answered;
  }

  /** Called by the worker. */
  begun(id: number, at: number): ReturnType<RequestsInOrder['begun']> {
    this.#finish?.();
    const job = this.#take(id);
    if (!job) return undefined;
    this.#start(job, at);
    this.#answerCancel(job, true);
    return { writer: job.writer, onEnd: this.#ending(job) };
  }

  /** Called by the worker. */
  cancelled(id: number): void {
    const job = this.#take(id);
    job?.settle('cancelled');
    if (job) this.#answerCancel(job, false);
    this.#pump();
  }

  #answerCancel(job: Job, begins: boolean): void {
    this.#askedBack.get(job)?.answer(begins);
    this.#askedBack.delete(job);
  }

  #take(id: number): Job | undefined {
    const job = this.#waiting.find(({ request }) => request.id === id);
    this.#waiting = this.#waiting.filter((other) => other !== job);
    if (job) this.#sentAhead.delete(job);
    return job;
  }

  #pump(): void {
    const worker = this.#worker;
    if (!worker) return;
    if (worker.link.ahead) this.#sendAhead(worker.link.ahead);
    if (this.#current) return;
    if (this.#waiting.length === 0) this.#drained.fire(undefined);
    if (worker.link.ahead) return;
    const job = this.#waiting.shift();
    if (!job || job.request.t === 'sent') return;
    this.#start(job);
    worker.run(job.request, job.writer, this.#ending(job));
  }

  #sendAhead(ahead: RequestsAhead): void {
    for (const job of this.#waiting) {
      if (this.#sentAhead.has(job) || job.request.t === 'sent') continue;
      this.#sentAhead.add(job);
      ahead.submit(job.request, job.writer.executionCount, job.note);
    }
  }

  #start(job: Job, at?: number): void {
    this.#current = job;
    this.#started.fire(job);
    job.writer.start(at);
  }

  /** Listeners are called when the worker's message has been handled, or when the next request begins. */
  #ending(job: Job): (ending: Ending) => void {
    return (ending) => {
      const finish = (): void => {
        if (this.#finish !== finish || this.#current !== job) return; // done, or cancelled by detach
        this.#current = this.#finish = undefined;
        if ('death' in ending) this.#worker = undefined; // a listener must not run the next job there
        job.settle(ending);
        this.#ended.fire(job);
        this.#pump();
      };
      this.#finish = finish;
      queueMicrotask(finish);
    };
  }
}
