import { patternMatches, type PatternJob, type PatternMatches } from '../../../src/protocol/patternMatches.js';

/** What the worker says; `matches` is missing when the pattern is too large for the engine. */
interface Answer {
  readonly matches?: PatternMatches;
}

const PROGRAM = `
const matchesIn = ${patternMatches.toString()};
onmessage = ({ data }) => {
  let answer = {};
  try {
    answer = { matches: matchesIn(data) };
  } catch {}
  postMessage(answer);
};
postMessage({});
`;

/** Looks for a pattern of unknown cost without blocking the page. Whoever creates it stops it. */
export class PatternWorker {
  readonly #worker: Worker;
  readonly #signal: AbortSignal;
  readonly #started: Promise<unknown>;

  /** When the signal is aborted, pending calls settle as if there were no matches. */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
    const url = URL.createObjectURL(new Blob([PROGRAM], { type: 'text/javascript' }));
    this.#worker = new Worker(url);
    this.#started = this.#answer().finally(() => {
      URL.revokeObjectURL(url);
    });
  }

  /** Undefined if the pattern takes longer than `limitMs`, or is too large: stop the worker then. */
  async matches(job: PatternJob, limitMs: number): Promise<PatternMatches | undefined> {
    await this.#started;
    const answer = this.#answer(limitMs);
    this.#worker.postMessage(job);
    return (await answer)?.matches;
  }

  stop(): void {
    this.#worker.terminate();
  }

  async #answer(limitMs?: number): Promise<Answer | undefined> {
    if (this.#signal.aborted) return undefined;
    const settled = new AbortController();
    const { signal } = settled;
    try {
      return await new Promise<Answer | undefined>((resolve) => {
        const giveUp = (): void => {
          resolve(undefined);
        };
        this.#worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => resolve(data), { signal });
        // For example, when the policy of the page does not allow workers.
        this.#worker.addEventListener('error', giveUp, { signal });
        this.#signal.addEventListener('abort', giveUp, { signal });
        if (limitMs !== undefined) {
          const timer = setTimeout(giveUp, limitMs);
          signal.addEventListener('abort', () => clearTimeout(timer));
        }
      });
    } finally {
      settled.abort();
    }
  }
}
