import type { DataRequest } from '../../protocol/data.js';
import type { Request } from '../../protocol/worker.js';
import type { ExtResults } from '../extResults.js';
import type { ExecuteOptions, StartupCommand } from '../sessionOptions.js';
import type { Attachment } from '../supervised/attachment.js';
import type { Job } from './job.js';
import type { SessionJobs } from './sessionJobs.js';

/** Numbers what a session is asked for. */
export class SessionRequests {
  readonly #jobs: SessionJobs;
  #lastId = 0;
  #lastCount = 0;
  #columns: number | undefined;
  #startup: ExtResults | undefined;

  constructor(jobs: SessionJobs) {
    this.#jobs = jobs;
  }

  get columns(): number | undefined {
    return this.#columns;
  }

  /** @throws RangeError if it is no positive integer. */
  set columns(columns: number | undefined) {
    if (columns !== undefined && !(Number.isSafeInteger(columns) && columns > 0)) {
      throw new RangeError(`columns must be a positive integer, not ${String(columns)}.`);
    }
    this.#columns = columns;
  }

  /** The results of the last startup command. */
  get startup(): ExtResults | undefined {
    return this.#startup;
  }

  /** Commands of a new process are counted from 1. */
  restart(): void {
    this.#lastCount = 0;
  }

  /** Goes on where an earlier host was. */
  resume({ lastId, lastCount }: Pick<Attachment, 'lastId' | 'lastCount'>): void {
    this.#lastId = lastId;
    this.#lastCount = lastCount;
  }

  command(
    source: string,
    {
      filename,
      firstLine,
      fileThere,
      language,
      debugger: place,
      profile,
      plotTheme,
      note,
    }: Omit<ExecuteOptions, 'signal' | 'onInterrupt'>,
  ): Job {
    const number = ++this.#lastCount;
    const request: Request = {
      t: 'execute',
      id: ++this.#lastId,
      source,
      filename: filename ?? `<command ${String(number)}>`,
      firstLine,
      fileThere,
      language,
      debugger: place,
      profile,
      plotTheme,
      columns: this.#columns,
    };
    return this.#jobs.command(request, number, note);
  }

  startupJob(startup: string | StartupCommand): Job {
    const { source, filename = '<startup>' } = typeof startup === 'string' ? { source: startup } : startup;
    const job = this.#jobs.startup({ t: 'execute', id: ++this.#lastId, source, filename, columns: this.#columns });
    this.#startup = job.writer.results;
    return job;
  }

  /** Hands a job to `submit`; resolves with the encoded value of the variable. */
  get(name: string, submit: (job: Job) => void): Promise<unknown> {
    return this.#jobs.value({ t: 'get', id: ++this.#lastId, name }, name, submit);
  }

  /** Hands a job to `submit`; resolves with the encoded value of the expression. */
  evaluate(expression: string, submit: (job: Job) => void): Promise<unknown> {
    const request = { t: 'evaluate', id: ++this.#lastId, source: expression, columns: this.#columns } as const;
    return this.#jobs.value(request, expression, submit);
  }

  /** Hands a job to `submit`; resolves with the worker's answer, which nobody has checked. */
  data(request: DataRequest, submit: (job: Job) => void): Promise<unknown> {
    return this.#jobs.value({ t: 'data', id: ++this.#lastId, request }, 'data', submit);
  }
}
