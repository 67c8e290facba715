import { limited } from '../engine/deadline.js';
import type { ExtResults } from '../engine/extResults.js';
import { ResultsWriter } from '../engine/resultsWriter.js';
import { ExtSession } from '../engine/extSession.js';
import type { Evaluator } from '../engine/evaluator.js';
import { startLocalLink } from '../engine/link/startLocalLink.js';
import type { Logger } from '../engine/logger.js';
import type { StreamIndex } from '../engine/output/streamMerger.js';
import { StandardInput } from '../engine/worker/standardInput.js';
import { startWorker } from '../engine/worker/startWorker.js';
import type { Outcome, Output } from '../protocol/output.js';
import type { ProgramName, Programs } from './programs.js';
import { streamAfterStream } from './streamAfterStream.js';

export const PATIENCE_MS = 10_000;

const silent = (): void => undefined;

/** A requirement for evaluators, and the programs that are needed to check it. */
export interface Check {
  readonly title: string;
  readonly needs: readonly ProgramName[];
  /** Rejects with the problem. */
  readonly run: (trial: Trial) => Promise<void>;
}

/** A fresh session with the evaluator under test. */
export class Trial implements AsyncDisposable {
  readonly #programs: Programs;

  /** Errors that the host logged: messages that it had to drop. */
  readonly complaints: string[] = [];
  readonly #log: Logger = {
    trace: silent,
    debug: silent,
    info: silent,
    warn: silent,
    error: (text) => this.complaints.push(text),
  };
  #opened: Promise<ExtSession> | undefined;

  constructor(
    readonly evaluator: Evaluator,
    programs: Programs,
  ) {
    this.#programs = programs;
  }

  session(): Promise<ExtSession> {
    const { evaluator } = this;
    this.#opened ??= ExtSession.start({ evaluator, startTimeoutMs: PATIENCE_MS, logger: this.#log });
    return this.#opened;
  }

  /** Queues one of the programs. */
  async start(name: ProgramName, place: { filename?: string; firstLine?: number } = {}): Promise<ExtResults> {
    return (await this.session()).execute(this.source(name), place);
  }

  /** Runs one of the programs to its end. */
  async run(name: ProgramName): Promise<{ results: ExtResults; outcome: Outcome }> {
    const results = await this.start(name);
    return { results, outcome: await results.wait({ timeoutMs: PATIENCE_MS }) };
  }

  /** The output of one of the programs in a separate process, read with all of the stream `first` before the other. */
  async outputsOf(name: ProgramName, { first }: { first: StreamIndex }): Promise<readonly Output[]> {
    const worker = await startWorker({
      evaluator: this.evaluator,
      startTimeoutMs: PATIENCE_MS,
      startLink: async (options) => streamAfterStream(await startLocalLink(options), first),
      input: new StandardInput(undefined, this.#log),
      log: this.#log,
    });
    try {
      const writer = new ResultsWriter({ id: 1, executionCount: 1 });
      const request = { t: 'execute', id: 1, source: this.source(name), filename: '<command 1>' } as const;
      const ended = new Promise((resolve) => {
        worker.run(request, writer, resolve);
      });
      await limited(ended, {
        timeoutMs: PATIENCE_MS,
        late: () => new Error(`the command was not done within ${String(PATIENCE_MS / 1000)} s`),
      });
      return writer.results.outputs;
    } finally {
      worker.dispose();
    }
  }

  source(name: ProgramName): string {
    const source = this.#programs[name];
    if (source === undefined) throw new Error(`There is no program '${name}'.`);
    return source;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const session = await this.#opened?.catch(() => undefined);
    await session?.exit();
  }
}

/** Rejects if the two differ, with both in the message. */
export function expectSame(what: string, found: unknown, wanted: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what}: expected ${b}, found ${a}`);
}

export function expectThat(what: string, holds: boolean): void {
  if (!holds) throw new Error(what);
}

/** Resolves when a condition is true; rejects if it is not true in time. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`${what}: not within ${String(PATIENCE_MS / 1000)} s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
