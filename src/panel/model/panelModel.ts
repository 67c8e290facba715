import type { Disposable } from '../../engine/disposable.js';
import type { DocumentChange } from '../../text/documentChange.js';
import { Emitter, reportListenerErrors } from '../../engine/emitter.js';
import type { ExtResults } from '../../engine/extResults.js';
import type { Logger } from '../../engine/logger.js';
import type { InputRequest } from '../../engine/worker/standardInput.js';
import { filenameOf } from '../../host/filename.js';
import type { Notice, NoticeAction } from '../../host/notice.js';
import type { FileRun, SessionStart, SubmittedCommand } from '../../host/sessions/command.js';
import type { SessionStatus } from '../../host/sessions/sessionStatus.js';
import type { Transcript } from '../../host/sessions/transcript.js';
import type { PanelStatus } from '../../protocol/panel.js';
import {
  framesOf,
  type CommandStatus,
  type Entry,
  type Line,
  type Part,
  type PanelFrame,
} from '../../protocol/panelEntries.js';
import type { DrawnType } from '../../protocol/panelForms.js';
import { type CommandListener, LiveCommand } from './liveCommand.js';
import { linesAfter } from './movedFrames.js';
import type { RepeatableCommand } from '../panelActions.js';
import type { OpenInputRequest } from './inputRequests.js';
import { StaticEntry } from './transcriptEntry.js';
import { TranscriptEntries, type ModelBounds } from './transcriptEntries.js';
import type { TextSince } from '../terminal/textScreen.js';

/** A change, for anyone who keeps a copy: a text from a line on, or anything else as a whole. */
export type ModelChange =
  | { readonly type: 'status' }
  | { readonly type: 'entry' | 'command'; readonly key: number }
  /** A command has no parts any more. */
  | { readonly type: 'cleared'; readonly key: number }
  | { readonly type: 'part'; readonly key: number; readonly part: number }
  | { readonly type: 'text'; readonly key: number; readonly part: number; readonly from: number }
  | { readonly type: 'removed'; readonly key: number }
  /** The oldest entries were removed. */
  | { readonly type: 'dropped' }
  /** Nothing in the copy is valid any more. */
  | { readonly type: 'reset' };

export interface PanelModelOptions {
  readonly bounds?: ModelBounds;
  readonly now?: () => number;
  /** Called with the results of each command that is removed; disposes of them by default. */
  readonly letGo?: (results: ExtResults) => void;
  /** Receives the errors of listeners; a warning of this process by default. */
  readonly log?: Logger;
}

const defaultBounds: ModelBounds = { entries: 2000, characters: 8_000_000 };

/** The transcript that the panel shows. The webview draws this model. */
export class PanelModel implements Transcript {
  readonly #now: () => number;
  readonly #letGo: (results: ExtResults) => void;
  readonly #items: TranscriptEntries<LiveCommand | StaticEntry>;
  readonly #changed: Emitter<ModelChange>;
  #status: SessionStatus = { title: 'ExtSession', evaluator: 'python', state: 'none' };
  /**
   * Keys start at the time of the window's start in milliseconds, so those of an earlier window are lower and remain
   * valid.
   */
  readonly firstKey: number;
  #nextKey: number;
  #continues = false;

  constructor(options: PanelModelOptions = {}) {
    this.#items = new TranscriptEntries(options.bounds ?? defaultBounds);
    this.#changed = new Emitter(reportListenerErrors(options.log));
    this.#now = options.now ?? Date.now;
    this.#letGo = options.letGo ?? ((results) => results.dispose());
    this.firstKey = this.#now();
    this.#nextKey = this.firstKey + 1;
  }

  onDidChange(listener: (change: ModelChange) => void): Disposable {
    return this.#changed.event(listener);
  }

  setStatus(status: SessionStatus): void {
    this.#status = status;
    this.#statusChanged();
  }

  add(command: SubmittedCommand): void {
    this.#follow(command, {});
  }

  addStart(start: SessionStart): void {
    const { evaluator, results, source = '' } = start;
    this.#follow({ evaluator, results, source, languageId: source === '' ? '' : evaluator }, { isStart: true });
  }

  addRun({ evaluator, title, results, ...run }: FileRun): void {
    this.#follow({ evaluator, results, source: title, languageId: '' }, { run });
  }

  /** Ends the process of a file that runs. */
  stop(key: number): void {
    this.#record(key)?.stop();
  }

  #follow(command: SubmittedCommand, special: Pick<CommandListener, 'isStart' | 'run'>): void {
    const key = this.#nextKey++;
    const record = new LiveCommand(key, command, this.#now, {
      onStatus: () => {
        this.#emit({ type: 'command', key });
        this.#statusChanged();
      },
      onPart: ({ part, from }) => {
        this.#emit(from === undefined ? { type: 'part', key, part } : { type: 'text', key, part, from });
        if (this.#items.put(record)) this.#emit({ type: 'dropped' });
      },
      onClear: () => {
        this.#items.put(record);
        this.#emit({ type: 'cleared', key });
      },
      onLetGo: this.#letGo,
      lineNow: (frame) => this.#lineNow(frame, { key, evaluator: command.evaluator }),
      ...special,
    });
    this.#add(record);
    this.#statusChanged();
  }

  /**
   * Asks below the output of the command that asks; undefined if the command is not in the panel, or is done and a
   * thread of it asks.
   */
  ask(request: InputRequest): OpenInputRequest | undefined {
    const asks = [...this.#items].find((item) => isRunning(item) && item.isOf(request.results));
    return asks instanceof LiveCommand ? asks.ask(request) : undefined;
  }

  answer(key: number, question: number, text: string | undefined): void {
    this.#record(key)?.answer(question, text);
  }

  /** A session of the last window goes on in this one. */
  markContinued(): void {
    this.#continues = true;
  }

  divide(kind: 'restarted' | 'started', evaluator: string): void {
    this.#add(new StaticEntry({ key: this.#nextKey++, type: 'divider', kind, evaluator, time: this.#now() }));
  }

  notify({ kind, title, detail, actions }: Notice): void {
    const shown = actions.map((action) => ({ title: action.title, primary: action.primary ?? false }));
    const entry = { key: this.#nextKey++, type: 'notice' as const, kind, title, detail, actions: shown };
    this.#add(new StaticEntry(entry, actions));
  }

  /** Removes all entries that are finished; running and queued commands are kept. */
  clear(): void {
    this.#items.clear();
    this.#emit({ type: 'reset' });
  }

  /** Removes an entry that is finished. */
  delete(key: number): void {
    if (this.#items.delete(key)) this.#emit({ type: 'removed', key });
  }

  /** Updates origins and the lines of tracebacks after an edit of a document. */
  followEdits(uri: string, changes: readonly DocumentChange[]): void {
    if (!changes.some(movesLines)) return;
    const [file, lineAfter] = [filenameOf(uri), linesAfter(changes)];
    for (const item of this.#items) {
      if (!(item instanceof LiveCommand)) continue;
      if (item.followEdits(uri, changes)) this.#emit({ type: 'command', key: item.key });
      item.followFile(file, lineAfter);
    }
  }

  /** Inserts the transcript of an earlier window before the current entries, with a divider in between. */
  restore(history: readonly Entry[], older: number): void {
    if (history.length === 0) return;
    const resumed = this.#resumedOf(history);
    const kind = this.#continues ? 'continued' : 'reloaded';
    const divider = { key: this.firstKey, type: 'divider', kind, time: this.#now() } as const;
    const own = history.filter((entry) => !resumed.has(entry));
    const isLater = own.some(({ key }) => key >= divider.key); // the clock was set back
    const items = own.map((entry, index) => new StaticEntry(isLater ? { ...entry, key: index + 1 } : entry));
    this.#items.prepend([...items, new StaticEntry(divider)], older);
    this.#emit({ type: 'reset' });
  }

  /** The entries of commands that a session of the last window goes on with: they are here as a whole. */
  #resumedOf(history: readonly Entry[]): ReadonlySet<Entry> {
    const live = this.records().filter(({ isResumed }) => isResumed);
    const found = new Set<Entry>();
    const ended = new Set<string>();
    for (const entry of history.toReversed()) {
      if (entry.type === 'divider' && entry.evaluator !== undefined) ended.add(entry.evaluator);
      if (entry.type !== 'command' || ended.has(entry.evaluator)) continue;
      if (live.some(({ evaluator, number }) => evaluator === entry.evaluator && number === entry.number))
        found.add(entry);
    }
    return found;
  }

  /** The number of commands since the last clear that are no longer kept. */
  get older(): number {
    return this.#items.older;
  }

  /** The first key that is still kept. */
  get oldestKey(): number {
    for (const { key } of this.#items) return key;
    return this.#nextKey;
  }

  /** The status of the current session, without what runs or is queued in other sessions. */
  status(): PanelStatus {
    const { evaluator } = this.#status;
    const live = [...this.#items].filter((item) => item.live && item.evaluator === evaluator && !item.isRun);
    const running = live.find(isRunning);
    const queued = live.length - (running ? 1 : 0);
    return { ...this.#status, queued, ...(running ? { running: running.key } : {}) };
  }

  /** The keys of all entries, in order. */
  keys(): number[] {
    return Array.from(this.#items, ({ key }) => key);
  }

  /** All entries. Forms of values include data of up to `longestData` characters. */
  entries(longestData?: number): Entry[] {
    return Array.from(this.#items, (item) => item.entry(longestData));
  }

  entry(key: number, longestData?: number): Entry | undefined {
    return this.#items.get(key)?.entry(longestData);
  }

  commandStatus(key: number): CommandStatus | undefined {
    return this.#record(key)?.status();
  }

  part(key: number, part: number): Part | undefined {
    return this.#record(key)?.part(part);
  }

  textSince(key: number, part: number, from: number): TextSince | undefined {
    return this.#record(key)?.since(part, from);
  }

  /** The data of a value in one form, as long as it is kept. */
  form(key: number, part: number, mime: DrawnType): string | undefined {
    return this.#items.get(key)?.form(part, mime);
  }

  /** The key of the command with these results, as long as it is kept. */
  keyOf(results: ExtResults): number | undefined {
    for (const item of this.#items) if (item instanceof LiveCommand && item.results === results) return item.key;
    return undefined;
  }

  command(key: number): RepeatableCommand | undefined {
    return this.#items.get(key)?.command;
  }

  frame(key: number, part: number, frame: number): PanelFrame | undefined {
    const entry = this.entry(key);
    const found = entry?.type === 'command' ? entry.parts.find((candidate) => candidate.id === part) : undefined;
    return found?.type === 'error' ? framesOf(found)[frame] : undefined;
  }

  /** A line of a text that is kept, counted from the start of the text. */
  line(key: number, part: number, index: number): Line | undefined {
    const entry = this.entry(key, 0);
    const found = entry?.type === 'command' ? entry.parts.find((candidate) => candidate.id === part) : undefined;
    if (!found || found.type === 'error') return undefined;
    const { head, tail, total } = found.text;
    return head[index] ?? tail[index - (total - tail.length)];
  }

  /**
   * The key of the command that a frame names by its number, in the same process as the failed command, at or before
   * it.
   */
  commandNamed(number: number, failed: number): number | undefined {
    const evaluator = this.#items.get(failed)?.evaluator;
    if (evaluator === undefined) return undefined;
    let found: number | undefined;
    for (const item of this.#items) {
      if (item.divides(evaluator)) found = undefined;
      else if (item.evaluator === evaluator && item.number === number) found = item.key;
      if (item.key === failed) break;
    }
    return found;
  }

  action(key: number, action: number): NoticeAction | undefined {
    return this.#items.get(key)?.actions[action];
  }

  /** The commands of this window, in order. */
  records(): LiveCommand[] {
    return [...this.#items].filter((item) => item instanceof LiveCommand);
  }

  /** All output of a command, or what was kept of it if it is from an earlier window. */
  output(key: number): string | undefined {
    return this.#items.get(key)?.fullOutput;
  }

  dispose(): void {
    this.#changed.dispose();
    for (const item of this.#items) item.dispose();
  }

  /**
   * Submitted code may have moved before something called it; the last command with it, at or before the caller, knows
   * its line.
   */
  #lineNow(frame: PanelFrame, { key, evaluator }: Pick<LiveCommand, 'key' | 'evaluator'>): number {
    let line: number | undefined;
    for (const item of this.#items) {
      if (item.divides(evaluator)) line = undefined;
      else if (item instanceof LiveCommand && item.evaluator === evaluator) line = item.lineNow(frame) ?? line;
      if (item.key === key) break;
    }
    return line ?? frame.line;
  }

  #add(item: LiveCommand | StaticEntry): void {
    const evicted = this.#items.put(item);
    this.#emit({ type: 'entry', key: item.key });
    if (evicted) this.#emit({ type: 'dropped' });
  }

  #record(key: number): LiveCommand | undefined {
    const item = this.#items.get(key);
    return item instanceof LiveCommand ? item : undefined;
  }

  #statusChanged(): void {
    this.#emit({ type: 'status' });
  }

  #emit(change: ModelChange): void {
    this.#changed.fire(change);
  }
}

/** Most edits are within a line and move no other lines. */
function movesLines({ range: { start, end }, text }: DocumentChange): boolean {
  return start.line !== end.line || /[\r\n]/.test(text);
}

function isRunning(item: LiveCommand | StaticEntry): item is LiveCommand {
  return item instanceof LiveCommand && item.running;
}
