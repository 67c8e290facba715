import type { Entry } from '../../protocol/panelEntries.js';
import type { LiveCommand } from './liveCommand.js';
import { StaticEntry } from './transcriptEntry.js';

export interface RestoredEntriesOptions {
  /** The commands of this window. */
  readonly live: readonly LiveCommand[];
  /** The key of the divider between both windows. */
  readonly dividerKey: number;
  /** A session of the last window goes on in this one. */
  readonly continues: boolean;
  readonly time: number;
}

/**
 * The transcript of an earlier window with a divider at its end, without the commands that a session of that window goes
 * on with: they are among the live ones.
 */
export function restoredEntries(history: readonly Entry[], options: RestoredEntriesOptions): StaticEntry[] {
  const { live, dividerKey, continues, time } = options;
  const resumed = resumedOf(history, live);
  const own = history.filter((entry) => !resumed.has(entry));
  const isLater = own.some(({ key }) => key >= dividerKey); // the clock was set back
  const items = own.map((entry, index) => new StaticEntry(isLater ? { ...entry, key: index + 1 } : entry));
  const kind = continues ? 'continued' : 'reloaded';
  return [...items, new StaticEntry({ key: dividerKey, type: 'divider', kind, time })];
}

/** The entries of commands that are live as a whole. */
function resumedOf(history: readonly Entry[], live: readonly LiveCommand[]): ReadonlySet<Entry> {
  const resumed = live.filter(({ isResumed }) => isResumed);
  const found = new Set<Entry>();
  const ended = new Set<string>();
  for (const entry of history.toReversed()) {
    if (entry.type === 'divider' && entry.evaluator !== undefined) ended.add(entry.evaluator);
    if (entry.type !== 'command' || ended.has(entry.evaluator)) continue;
    if (resumed.some(({ evaluator, number }) => evaluator === entry.evaluator && number === entry.number))
      found.add(entry);
  }
  return found;
}
