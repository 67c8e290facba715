import type { DataRequest } from '../../protocol/data.js';
import { reportListenerErrors } from '../emitter.js';
import { CancelledError, ExtSessionError } from '../errors.js';
import { silentLogger } from '../logger.js';
import { LineReader } from '../output/lineReader.js';
import type { AttachOptions, ExtSessionOptions } from '../sessionOptions.js';
import type { SessionReference } from '../supervised/sessionReference.js';
import { attach } from './attach.js';
import { CommandQueue } from './commandQueue.js';
import type { Job } from './job.js';
import { OutcomeCodes } from './outcomeCodes.js';
import { Resumption } from './resumption.js';
import { SessionInterrupts } from './sessionInterrupts.js';
import { SessionJobs } from './sessionJobs.js';
import { SessionProcess } from './sessionProcess.js';
import { SessionRequests } from './sessionRequests.js';
import { StandardInput } from './standardInput.js';
import { WorkerClient } from './workerClient.js';

/** What a session is made of. */
export class SessionParts {
  readonly lines: LineReader;
  readonly codes = new OutcomeCodes();
  readonly input: StandardInput;
  readonly requests: SessionRequests;
  readonly process: SessionProcess;
  readonly interrupts: SessionInterrupts;
  readonly #jobs: SessionJobs;
  readonly #submit = (job: Job): void => this.process.submit(job);
  #resumption: Resumption | undefined;

  constructor(options: ExtSessionOptions) {
    const log = options.logger ?? silentLogger;
    const report = reportListenerErrors(options.logger);
    const queue = new CommandQueue();
    this.lines = new LineReader({ keepsUnread: options.keepLines ?? true });
    this.input = new StandardInput(options.onInput, log);
    const { lines, codes, input } = this;
    this.#jobs = new SessionJobs({ ...options, lines, codes, report, ahead: () => this.process.ahead });
    this.requests = new SessionRequests(this.#jobs);
    this.requests.columns = options.columns;
    this.process = new SessionProcess({
      options,
      queue,
      input,
      lines,
      codes,
      log,
      report,
      firstJobs: () => (options.startup === undefined ? [] : [this.requests.startupJob(options.startup)]),
      interrupt: () => this.interrupts.interrupt(),
    });
    this.interrupts = new SessionInterrupts({ queue, process: this.process, log });
    queue.onDidStart(({ request }) => {
      log.trace(`Running command ${String(request.id)}.`);
      if (request.t !== 'data') this.process.become('busy'); // what a grid asks for is no command
    });
    queue.onDidDrain(() => {
      this.process.become('idle');
    });
  }

  /** @throws the errors of `ExtSession.attach`. */
  static async attach(reference: SessionReference, options: AttachOptions): Promise<SessionParts> {
    const { link, start, started } = await attach(reference, options);
    const { evaluator = reference.language, ...others } = options;
    const parts = new SessionParts({ ...started, ...others, evaluator, keepAlive: true });
    const log = options.logger ?? silentLogger;
    parts.#resume(new WorkerClient({ link, input: parts.input, log, start }));
    return parts;
  }

  /** What an earlier host has left; undefined without one. */
  get resumption(): Resumption | undefined {
    return this.#resumption;
  }

  get(name: string): Promise<unknown> {
    return this.requests.get(name, this.#submit);
  }

  evaluate(expression: string): Promise<unknown> {
    return this.requests.evaluate(expression, this.#submit);
  }

  /** Between commands, or of a Python command that has stopped in the debugger. */
  async data(request: DataRequest, signal: AbortSignal): Promise<unknown> {
    const [answer] = await this.#answerOfStopped(request);
    if (answer !== undefined) return answer;
    if (signal.aborted) throw new CancelledError('The request has been taken back.');
    return await this.requests.data(request, (job) => {
      this.process.submit(job);
      this.interrupts.abortWith(signal, job);
    });
  }

  /** JavaScript that has stopped answers nothing. */
  async #answerOfStopped(request: DataRequest): Promise<readonly unknown[]> {
    const { state, link } = this.process;
    if (state !== 'busy' || link?.info.language !== 'python') return [];
    try {
      return await this.process.introspect((about) => about.grid(request));
    } catch (error) {
      if (error instanceof ExtSessionError && (error.code === 'NOT_ANSWERED' || error.code === 'TIMEOUT')) return [];
      throw error;
    }
  }

  #resume(worker: WorkerClient): void {
    const { attachment } = worker.link.ahead ?? {};
    if (!attachment) return;
    this.requests.resume(attachment);
    this.input.restore(attachment.lines);
    const resumption = new Resumption({
      attachment,
      newWriter: (id, count) => this.#jobs.newWriter(id, count),
      repliedAt: this.#jobs.repliedAt,
    });
    this.#resumption = resumption;
    this.process.adopt(worker, { sent: resumption.jobs.map((job) => this.#jobs.acknowledging(job)) });
    worker.restore(attachment.state, resumption);
    worker.open();
  }
}
