import type { ExtResults } from '../engine/extResults.js';
import { ExtSession } from '../engine/extSession.js';
import type { Evaluator } from '../engine/evaluator.js';
import type { Outcome } from '../protocol/output.js';
import type { ProgramName, Programs } from './programs.js';

export const PATIENCE_MS = 10_000;

/** One thing that an evaluator must do: what it is, and which programs it takes to find out. */
export interface Check {
  readonly title: string;
  readonly needs: readonly ProgramName[];
  /** Rejects with what is wrong. */
  readonly run: (trial: Trial) => Promise<void>;
}

/** A fresh session with the evaluator under test. */
export class Trial implements AsyncDisposable {
  readonly #programs: Programs;

  /** What the host logged as errors: messages that it had to drop. */
  readonly complaints: string[] = [];
  #opened: Promise<ExtSession> | undefined;

  constructor(
    readonly evaluator: Evaluator,
    programs: Programs,
  ) {
    this.#programs = programs;
  }

  session(): Promise<ExtSession> {
    const silent = (): void => undefined;
    this.#opened ??= ExtSession.start({
      evaluator: this.evaluator,
      startTimeoutMs: PATIENCE_MS,
      logger: { trace: silent, debug: silent, info: silent, warn: silent, error: (text) => this.complaints.push(text) },
    });
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

/** Rejects what is not as it should be, with both in the message. */
export function expectSame(what: string, found: unknown, wanted: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what}: expected ${b}, found ${a}`);
}

export function expectThat(what: string, holds: boolean): void {
  if (!holds) throw new Error(what);
}

/** Resolves when a condition holds; rejects when it does not in time. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`${what}: not within ${String(PATIENCE_MS / 1000)} s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
