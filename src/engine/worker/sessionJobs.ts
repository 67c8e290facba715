import type { Request } from '../../protocol/worker.js';
import type { ListenerErrorReport } from '../emitter.js';
import type { RequestsAhead } from '../link/link.js';
import type { LineReader } from '../output/lineReader.js';
import { ResultsWriter } from '../resultsWriter.js';
import type { ExtSessionOptions } from '../sessionOptions.js';
import { commandJob, type Job, type ReplyTime, valueJob } from './job.js';
import type { OutcomeCodes } from './outcomeCodes.js';

export interface SessionJobsOptions extends Pick<ExtSessionOptions, 'outputBudget' | 'holdsResults'> {
  readonly lines: LineReader;
  readonly codes: OutcomeCodes;
  readonly report: ListenerErrorReport;
  /** The current process, if it takes requests ahead. */
  readonly ahead: () => RequestsAhead | undefined;
}

/** Makes the jobs of a session: what is done with what comes of a request, and when it need not come again. */
export class SessionJobs {
  readonly #options: SessionJobsOptions;

  /** When the reply that is being handled was given, if it was kept for this process. */
  readonly repliedAt: ReplyTime = () => this.#options.ahead()?.repliedAt;

  constructor(options: SessionJobsOptions) {
    this.#options = options;
  }

  /** For a command, if it has a number, or for a value. */
  newWriter(id: number, executionCount: number): ResultsWriter {
    const { lines, codes, outputBudget: budget, report } = this.#options;
    const writer = new ResultsWriter({ id, executionCount, lines, budget, report });
    if (executionCount === 0) return writer;
    writer.onDidChangeState(() => {
      if (writer.outcome) codes.add(id, writer.outcome);
    });
    return writer;
  }

  command(request: Request, executionCount: number, note: unknown): Job {
    const writer = this.newWriter(request.id, executionCount);
    return this.acknowledging({ ...commandJob(request, writer, this.repliedAt), note });
  }

  /** It is not counted: neither lines nor codes are kept of it. */
  startup(request: Request): Job {
    const { outputBudget: budget, report } = this.#options;
    const writer = new ResultsWriter({ id: request.id, executionCount: 0, budget, report });
    return this.acknowledging(commandJob(request, writer));
  }

  /** Hands the job to `submit`; resolves with the encoded value. `asked` is what the caller named. */
  value(request: Request, asked: string, submit: (job: Job) => void): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const writer = this.newWriter(request.id, 0);
      void writer.closed.then(() => {
        writer.results.dispose(); // nobody else knows them
      });
      submit(this.acknowledging(valueJob({ request, writer }, asked, { resolve, reject })));
    });
  }

  /** Once the job has ended, what came of it need not come again. */
  acknowledging(job: Job): Job {
    return {
      ...job,
      settle: (ending) => {
        job.settle(ending);
        if (typeof ending !== 'string' && 'detached' in ending) return;
        const isHeld = this.#options.holdsResults === true && job.writer.executionCount > 0;
        if (!isHeld) this.#options.ahead()?.over(job.request.id);
      },
    };
  }
}
