import * as v from 'valibot';
import { historyEntrySchema, type HistoryEntry } from '../protocol/panelInput.js';

/** Stores small values across windows, like VS Code's Memento. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

const KEY = 'inputHistory';
const bounds = { entries: 500, characters: 200_000 } as const;

/**
 * What the user typed in this workspace, oldest first, with its language. Bounded: the oldest entries are removed
 * first.
 */
export class InputHistory {
  #entries: readonly HistoryEntry[];
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
    const result = v.safeParse(v.array(historyEntrySchema), memory.get(KEY));
    this.#entries = result.success ? bounded(result.output) : [];
  }

  get entries(): readonly HistoryEntry[] {
    return this.#entries;
  }

  /** Adds an entry at the end, and removes an earlier one with the same text. */
  async add(source: string, evaluator: string): Promise<void> {
    const others = this.#entries.filter((entry) => entry.source !== source || entry.evaluator !== evaluator);
    this.#entries = bounded([...others, { source, evaluator }]);
    await this.#memory.update(KEY, this.#entries);
  }
}

function bounded(entries: readonly HistoryEntry[]): HistoryEntry[] {
  let characters = 0;
  const first = entries.findLastIndex(({ source }) => (characters += source.length) > bounds.characters);
  return entries.slice(Math.max(first + 1, entries.length - bounds.entries));
}
