import type { CommandView } from '../command/commandView.js';
import type { FeedEntries } from './feedEntries.js';

const LONGEST_QUEUE = 50;

/** The running and queued commands of all sessions, in order. */
export class WaitingCommands {
  readonly #entries: FeedEntries;

  constructor(entries: FeedEntries) {
    this.#entries = entries;
  }

  /** The first command that waits for a line. */
  get asking(): CommandView | undefined {
    for (const view of this.#all()) if (view.ask) return view;
    return undefined;
  }

  /** The number of the last command of an evaluator. */
  last(evaluator: string): number | undefined {
    let last: number | undefined;
    for (const { entry } of this.#all()) if (entry.evaluator === evaluator) last = entry.number;
    return last;
  }

  /**
   * Updates the times of running commands. Returns how long the last one has been running, or undefined if none runs.
   */
  tick(): number | undefined {
    let elapsedMs: number | undefined;
    for (const view of this.#all()) {
      if (!view.ticking) continue;
      view.tick();
      elapsedMs = view.elapsedMs;
    }
    return elapsedMs;
  }

  /** Shows for the first queued commands how many of their session are ahead of them. */
  drawQueues(): void {
    const queues = new Map<string, number>();
    for (const view of this.#all()) {
      const { evaluator } = view.entry;
      const ahead = queues.get(evaluator) ?? 0;
      view.ahead = ahead;
      queues.set(evaluator, ahead + 1);
      if (ahead > LONGEST_QUEUE) break;
    }
  }

  *#all(): Generator<CommandView> {
    for (const command of this.#entries.commands()) if (command.isWaiting) yield command;
  }
}
