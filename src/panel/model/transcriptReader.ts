import type { ExtResults } from '../../engine/extResults.js';
import type { NoticeAction } from '../../host/notice.js';
import type { Origin } from '../../host/sessions/command.js';
import type { PanelStatus } from '../../protocol/panel.js';
import type { CommandStatus, Entry, Part } from '../../protocol/panelEntries.js';
import type { DrawnType } from '../../protocol/panelForms.js';
import { LiveCommand } from './liveCommand.js';
import type { RepeatableCommand } from '../panelActions.js';
import { sameProcess } from './sameProcess.js';
import { ShownSession } from './shownSession.js';
import type { ShownTextEntry } from './shownTextEntry.js';
import { StaticEntry } from './transcriptEntry.js';
import { TranscriptEntries, type ModelBounds } from './transcriptEntries.js';
import type { TimedOutput } from '../terminal/onTime.js';
import type { TextSince } from '../terminal/textScreen.js';

export type Item = LiveCommand | ShownTextEntry | StaticEntry;

/** What can be read of the transcript: entries and what belongs to them, by the numbers that the webview knows. */
export class TranscriptReader {
  protected readonly items: TranscriptEntries<Item>;
  protected readonly shown = new ShownSession();

  constructor(bounds?: ModelBounds) {
    this.items = new TranscriptEntries(bounds);
  }

  /** Whether an entry belongs to another session than the one that is shown. */
  isElsewhere(key: number): boolean {
    const item = this.items.get(key);
    return item !== undefined && !this.shown.has(item);
  }

  /** Whether the command with these results is one of the session that is shown. */
  shows(results: ExtResults | undefined): boolean {
    const key = results && this.keyOf(results);
    return key !== undefined && !this.isElsewhere(key);
  }

  /** The session of an entry, if it is kept and belongs to one. */
  sessionOf(key: number): string | undefined {
    return this.items.get(key)?.session;
  }

  /** The number of commands of the shown session since the last clear that are no longer kept. */
  get older(): number {
    return this.items.older(this.shown.id);
  }

  /** That number for all sessions. */
  get allOlder(): number {
    return this.items.older();
  }

  /** The status of the shown session, without what runs or is queued in other sessions. */
  status(): PanelStatus {
    return this.shown.status([...this.items]);
  }

  /** The keys of the shown entries, in order. */
  keys(): number[] {
    return [...this.items].filter((item) => this.shown.has(item)).map(({ key }) => key);
  }

  /** All entries. Forms of values include data of up to `longestData` characters. */
  entries(longestData?: number): Entry[] {
    return Array.from(this.items, (item) => item.entry(longestData));
  }

  entry(key: number, longestData?: number): Entry | undefined {
    return this.items.get(key)?.entry(longestData);
  }

  commandStatus(key: number): CommandStatus | undefined {
    const item = this.items.get(key);
    return item instanceof StaticEntry ? undefined : item?.status();
  }

  part(key: number, part: number): Part | undefined {
    return this.record(key)?.part(part);
  }

  textSince(key: number, part: number, from: number): TextSince | undefined {
    return this.record(key)?.since(part, from);
  }

  /** The data of a value in one form, as long as it is kept. */
  form(key: number, part: number, mime: DrawnType): string | undefined {
    return this.items.get(key)?.form(part, mime);
  }

  /** The key of the command with these results, as long as it is kept. */
  keyOf(results: object): number | undefined {
    for (const item of this.items) if (item instanceof LiveCommand && item.results === results) return item.key;
    return undefined;
  }

  command(key: number): RepeatableCommand | undefined {
    return this.items.get(key)?.command;
  }

  /** The lines that a command or a text comes from, as far as they are known. */
  origin(key: number): Origin | undefined {
    const entry = this.entry(key, 0);
    return entry?.type === 'command' ? entry.origin : undefined;
  }

  /**
   * The key of the command that a frame names by its number, in the same process as the failed command, at or before
   * it.
   */
  commandNamed(number: number, failed: number): number | undefined {
    const session = this.items.get(failed)?.session;
    if (session === undefined) return undefined;
    return sameProcess(this.items, { key: failed, session }).findLast((item) => item.number === number)?.key;
  }

  action(key: number, action: number): NoticeAction | undefined {
    return this.items.get(key)?.actions[action];
  }

  /** The commands of this window, in order. */
  records(): LiveCommand[] {
    return [...this.items].filter((item) => item instanceof LiveCommand);
  }

  /** Those of the shown session. */
  shownRecords(): LiveCommand[] {
    return this.records().filter((item) => this.shown.has(item));
  }

  /** All output of a command, or what was kept of it if it is from an earlier window. */
  output(key: number): string | undefined {
    return this.items.get(key)?.fullOutput;
  }

  /** The output of a command as data; what was kept of it if it is from an earlier window. */
  outputs(key: number): Iterable<TimedOutput> {
    return this.items.get(key)?.outputs ?? [];
  }

  protected record(key: number): LiveCommand | undefined {
    const item = this.items.get(key);
    return item instanceof LiveCommand ? item : undefined;
  }
}
