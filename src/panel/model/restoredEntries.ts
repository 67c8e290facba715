import { sessionOf, type CommandEntry, type DividerEntry, type Entry } from '../../protocol/panelEntries.js';
import type { LiveCommand } from './liveCommand.js';
import { StaticEntry } from './transcriptEntry.js';

export interface RestoredEntriesOptions {
  /** The commands of this window. */
  readonly live: readonly LiveCommand[];
  /** The key of the last divider between both windows. */
  readonly lastKey: number;
  /** The sessions of the last window that go on in this one. */
  readonly continued: ReadonlySet<string>;
  readonly time: number;
}

/**
 * The transcript of an earlier window with a divider for each session at its end, without the commands that a session
 * of that window goes on with: they are among the live ones.
 */
export function restoredEntries(history: readonly Entry[], options: RestoredEntriesOptions): StaticEntry[] {
  const resumed = resumedOf(history, options.live);
  const dividers = dividersAfter(history, options);
  const kept = history.filter((entry) => !resumed.has(entry));
  const own = withoutRepeated(kept, options.continued);
  const isLater = own.some(({ key }) => key > options.lastKey - dividers.length); // the clock was set back
  const items = own.map((entry, index) => new StaticEntry(isLater ? { ...entry, key: index + 1 } : entry));
  return [...items, ...dividers.map((divider) => new StaticEntry(divider))];
}

/** Without dividers at the end of a session that the next divider only repeats: nothing ran in between. */
function withoutRepeated(history: readonly Entry[], continued: ReadonlySet<string>): Entry[] {
  const others = new Set<string>();
  const kept = history.toReversed().filter((entry) => {
    const session = sessionOf(entry);
    if (session === undefined || others.has(session)) return true;
    const repeats = continued.has(session) ? ['continued'] : ['continued', 'reloaded'];
    if (entry.type === 'divider' && repeats.includes(entry.kind)) return false;
    others.add(session);
    return true;
  });
  return kept.toReversed();
}

/** One for each session with entries, or one for all if there are only notices. */
function dividersAfter(history: readonly Entry[], options: RestoredEntriesOptions): DividerEntry[] {
  const { lastKey, continued, time } = options;
  const sessions = new Set(history.map((entry) => sessionOf(entry)).filter((session) => session !== undefined));
  const all = sessions.size > 0 ? [...sessions] : [undefined];
  return all.map((session, index) => ({
    key: lastKey - all.length + 1 + index,
    type: 'divider',
    kind: session !== undefined && continued.has(session) ? 'continued' : 'reloaded',
    ...(session === undefined ? {} : { session }),
    time,
  }));
}

/** The entries of commands that are live as a whole. */
function resumedOf(history: readonly Entry[], live: readonly LiveCommand[]): ReadonlySet<Entry> {
  const resumed = live.filter(({ isResumed }) => isResumed);
  const found = new Set<Entry>();
  const ended = new Set<string>();
  for (const entry of history.toReversed()) {
    const session = sessionOf(entry);
    if (session === undefined) continue;
    if (entry.type === 'divider' && entry.kind !== 'continued') ended.add(session);
    if (entry.type !== 'command' || ended.has(session)) continue;
    if (resumed.some((command) => command.session === session && command.number === entry.number)) found.add(entry);
  }
  return found;
}

/** The commands in their order that ended in an earlier window, and whose process goes on in this one. */
export function earlierCommands(
  restored: readonly StaticEntry[],
  continued: ReadonlySet<string>,
): readonly CommandEntry[] {
  const found: CommandEntry[] = [];
  const ended = new Set<string>();
  for (const item of restored.toReversed()) {
    const entry = item.entry();
    const session = sessionOf(entry);
    if (session === undefined || !continued.has(session)) continue;
    if (item.divides(session)) ended.add(session);
    const isCommand = entry.type === 'command' && !entry.isRun && !entry.isStart && !entry.isText;
    if (isCommand && !ended.has(session)) found.push({ ...entry, session });
  }
  return found.toReversed();
}
