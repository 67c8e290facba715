import type { ExtResults } from '../extResults.js';
import type { ResultsWriter } from '../resultsWriter.js';
import type { Attachment, KeptRequest } from '../supervised/attachment.js';
import type { Continuations } from './commandStreams.js';
import { commandJob, type Job, type ReplyTime } from './job.js';

export interface ResumptionOptions {
  readonly attachment: Pick<Attachment, 'requests' | 'lost' | 'from' | 'stored'>;
  readonly newWriter: (id: number, executionCount: number) => ResultsWriter;
  readonly repliedAt: ReplyTime;
}

/** What an earlier host has left: requests, and the streams of commands that are over. */
export class Resumption implements Continuations {
  readonly #options: ResumptionOptions;
  readonly #continuations = new Map<number, ResultsWriter>();

  /** Those whose end the earlier host had not acknowledged, in order. */
  readonly jobs: readonly Job[];
  /** Of the commands among them. */
  readonly results: readonly ExtResults[];
  /** What the earlier host has noted about them, in the same order. */
  readonly notes: readonly unknown[];

  constructor(options: ResumptionOptions) {
    this.#options = options;
    const jobs = options.attachment.requests.map((request) => ({ request, job: this.#job(request) }));
    this.jobs = jobs.map(({ job }) => job);
    const commands = jobs.filter(({ request }) => request.kind === 'execute' && request.count > 0);
    this.results = commands.map(({ job }) => job.writer.results);
    this.notes = commands.map(({ request }) => request.note);
  }

  /** What commands whose end was acknowledged write from now on. */
  get continued(): readonly ExtResults[] {
    return [...this.#continuations.values()].map(({ results }) => results);
  }

  has(id: number): boolean {
    return this.#continuations.has(id);
  }

  of(id: number): ResultsWriter {
    const known = this.#continuations.get(id);
    if (known) return known;
    const writer = this.#options.newWriter(id, 0);
    const { from, stored } = this.#options.attachment;
    if (from > stored) tellLost(writer);
    writer.settle({ status: 'ok', executionCount: 0, durationMs: 0 });
    this.#continuations.set(id, writer);
    return writer;
  }

  /** Whoever asked for a value is gone; a command has results. */
  #job({ id, count, kind }: KeptRequest): Job {
    const writer = this.#options.newWriter(id, count);
    if (this.#options.attachment.lost.includes(id)) tellLost(writer);
    if (kind === 'execute') return commandJob({ t: 'sent', id }, writer, this.#options.repliedAt);
    return { request: { t: 'sent', id }, writer, settle: () => writer.close() };
  }
}

function tellLost(writer: ResultsWriter): void {
  const message = 'The beginning of the output was given up while no host was there, because there was too much of it.';
  writer.add({ type: 'error', name: 'OutputLost', message, traceback: '', frames: [] });
}
