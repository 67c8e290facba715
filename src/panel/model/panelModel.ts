import type { Disposable } from '../../engine/disposable.js';
import type { DocumentChange } from '../../text/documentChange.js';
import { Emitter, reportListenerErrors } from '../../engine/emitter.js';
import type { ExtResults } from '../../engine/extResults.js';
import type { Logger } from '../../engine/logger.js';
import type { InputRequest } from '../../engine/worker/standardInput.js';
import { filenameOf } from '../../host/filename.js';
import type { Notice, NoticeAction } from '../../host/notice.js';
import type { FileRun, Origin, SessionStart, ShownText, SubmittedCommand } from '../../host/sessions/command.js';
import type { SessionStatus } from '../../host/sessions/sessionStatus.js';
import type { Transcript } from '../../host/sessions/transcript.js';
import type { PanelSession, PanelStatus } from '../../protocol/panel.js';
import type { CommandStatus, Entry, PanelFrame, Part } from '../../protocol/panelEntries.js';
import type { DrawnType } from '../../protocol/panelForms.js';
import { type CommandListener, LiveCommand } from './liveCommand.js';
import type { ModelChange } from './modelChange.js';
import { linesAfter, movesLines } from './movedFrames.js';
import type { RepeatableCommand } from '../panelActions.js';
import type { OpenInputRequest } from './inputRequests.js';
import { restoredEntries } from './restoredEntries.js';
import { sameProcess } from './sameProcess.js';
import { ShownTextEntry } from './shownTextEntry.js';
import { StaticEntry } from './transcriptEntry.js';
import { TranscriptEntries, type ModelBounds } from './transcriptEntries.js';
import type { TextSince } from '../terminal/textScreen.js';

export interface PanelModelOptions {
  readonly bounds?: ModelBounds;
  readonly now?: () => number;
  /** Called with the results of each command that is removed; disposes of them by default. */
  readonly letGo?: (results: ExtResults) => void;
  /** Receives the errors of listeners; a warning of this process by default. */
  readonly log?: Logger;
}

type Item = LiveCommand | ShownTextEntry | StaticEntry;

/** The transcript that the panel shows. The webview draws this model. */
export class PanelModel implements Transcript {
  readonly #now: () => number;
  readonly #letGo: (results: ExtResults) => void;
  readonly #items: TranscriptEntries<Item>;
  readonly #changed: Emitter<ModelChange>;
  #status: SessionStatus = { title: 'ExtSession', evaluator: 'python', state: 'none' };
  /**
   * Keys start at the time of the window's start in milliseconds, so those of an earlier window are lower and remain
   * valid.
   */
  readonly firstKey: number;
  #nextKey: number;
  readonly #continued = new Set<string>();
  #sessions: readonly SessionStatus[] = [];

  constructor(options: PanelModelOptions = {}) {
    this.#items = new TranscriptEntries(options.bounds);
    this.#changed = new Emitter(reportListenerErrors(options.log));
    this.#now = options.now ?? Date.now;
    this.#letGo = options.letGo ?? ((results) => results.dispose());
    this.firstKey = this.#now();
    this.#nextKey = this.firstKey + 1;
  }

  onDidChange(listener: (change: ModelChange) => void): Disposable {
    return this.#changed.event(listener);
  }

  setStatus(status: SessionStatus, all: readonly SessionStatus[] = [status]): void {
    const shown = this.#shown;
    this.#status = status;
    this.#sessions = all;
    if (this.#shown === shown) this.#statusChanged();
    else this.#emit({ type: 'reset' });
  }

  /** The session whose entries are shown. */
  get #shown(): string {
    return idOf(this.#status);
  }

  /** Whether an entry belongs to another session than the one that is shown. */
  isElsewhere(key: number): boolean {
    const item = this.#items.get(key);
    return item !== undefined && !this.#isShown(item);
  }

  /** Whether the command with these results is one of the session that is shown. */
  shows(results: ExtResults | undefined): boolean {
    const key = results && this.keyOf(results);
    return key !== undefined && !this.isElsewhere(key);
  }

  /** The session of an entry, if it is kept and belongs to one. */
  sessionOf(key: number): string | undefined {
    return this.#items.get(key)?.session;
  }

  add(command: SubmittedCommand): void {
    this.#follow(command, {});
  }

  addStart(start: SessionStart): void {
    const { results, source = '', ...process } = start;
    this.#follow({ ...process, results, source, languageId: source === '' ? '' : start.evaluator }, { isStart: true });
  }

  addRun({ evaluator, session, title, results, ...run }: FileRun): void {
    const named = { evaluator, ...(session === undefined ? {} : { session }) };
    this.#follow({ ...named, results, source: title, languageId: '' }, { run });
  }

  addText(text: ShownText, evaluator: string, session?: string): void {
    const named = { evaluator, ...(session === undefined ? {} : { session }) };
    this.#add(new ShownTextEntry(this.#nextKey++, text, named));
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
      lineNow: (frame) => this.#lineNow(frame, { key, session: idOf(command) }),
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

  markContinued(session: string): void {
    this.#continued.add(session);
  }

  divide(kind: 'restarted' | 'started', evaluator: string, session?: string): void {
    const named = { evaluator, ...(session === undefined ? {} : { session }) };
    this.#add(new StaticEntry({ key: this.#nextKey++, type: 'divider', kind, ...named, time: this.#now() }));
  }

  notify({ actions, ...notice }: Notice): void {
    const shown = actions.map((action) => ({ title: action.title, primary: action.primary ?? false }));
    const entry = { key: this.#nextKey++, type: 'notice' as const, ...notice, actions: shown };
    this.#add(new StaticEntry(entry, actions));
  }

  /** Removes the entries that are shown and finished; running and queued commands are kept. */
  clear(): void {
    this.#items.clear(this.#shown);
    this.#emit({ type: 'reset' });
  }

  forget(session: string): void {
    this.#items.forget(session);
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
      if (item instanceof StaticEntry) continue;
      if (item.followEdits(uri, changes)) this.#emit({ type: 'command', key: item.key });
      if (item instanceof LiveCommand) item.followFile(file, lineAfter);
    }
  }

  /** Inserts the transcript of an earlier window before the current entries, with a divider in between. */
  restore(history: readonly Entry[], older: number): void {
    if (history.length === 0) return;
    const items = restoredEntries(history, {
      live: this.records(),
      lastKey: this.firstKey,
      continued: this.#continued,
      time: this.#now(),
    });
    this.#items.prepend(items, older);
    this.#emit({ type: 'reset' });
  }

  /** The number of commands of the shown session since the last clear that are no longer kept. */
  get older(): number {
    return this.#items.older(this.#shown);
  }

  /** That number for all sessions. */
  get allOlder(): number {
    return this.#items.older();
  }

  /** The first key that is still kept. */
  get oldestKey(): number {
    for (const { key } of this.#items) return key;
    return this.#nextKey;
  }

  /** The status of the shown session, without what runs or is queued in other sessions. */
  status(): PanelStatus {
    const shown = this.#shown;
    const live = [...this.#items].filter((item) => item.live && item.session === shown && !item.isRun);
    const running = live.find(isRunning);
    const queued = live.length - (running ? 1 : 0);
    const sessions = this.#choices();
    return {
      ...this.#status,
      queued,
      ...(running ? { running: running.key } : {}),
      ...(sessions.length > 1 ? { sessions } : {}),
    };
  }

  /** The sessions that can be shown: those that exist, and those that have entries. */
  #choices(): PanelSession[] {
    const used = new Set(Array.from(this.#items, ({ session }) => session));
    return this.#sessions
      .filter((status) => status.state !== 'none' || idOf(status) === this.#shown || used.has(idOf(status)))
      .map(({ title, interpreterLabel, state, ...named }) => ({
        session: idOf(named),
        title,
        ...(interpreterLabel === undefined ? {} : { interpreterLabel }),
        state,
      }));
  }

  /** The keys of the shown entries, in order. */
  keys(): number[] {
    return [...this.#items].filter((item) => this.#isShown(item)).map(({ key }) => key);
  }

  #isShown({ session }: Item): boolean {
    return (session ?? this.#shown) === this.#shown;
  }

  /** All entries. Forms of values include data of up to `longestData` characters. */
  entries(longestData?: number): Entry[] {
    return Array.from(this.#items, (item) => item.entry(longestData));
  }

  entry(key: number, longestData?: number): Entry | undefined {
    return this.#items.get(key)?.entry(longestData);
  }

  commandStatus(key: number): CommandStatus | undefined {
    const item = this.#items.get(key);
    return item instanceof StaticEntry ? undefined : item?.status();
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
    const session = this.#items.get(failed)?.session;
    if (session === undefined) return undefined;
    return sameProcess(this.#items, { key: failed, session }).findLast((item) => item.number === number)?.key;
  }

  action(key: number, action: number): NoticeAction | undefined {
    return this.#items.get(key)?.actions[action];
  }

  /** The commands of this window, in order. */
  records(): LiveCommand[] {
    return [...this.#items].filter((item) => item instanceof LiveCommand);
  }

  /** Those of the shown session. */
  shownRecords(): LiveCommand[] {
    return this.records().filter((item) => this.#isShown(item));
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
  #lineNow(frame: PanelFrame, caller: Pick<LiveCommand, 'key' | 'session'>): number {
    const commands = sameProcess(this.#items, caller).filter((item) => item instanceof LiveCommand);
    for (const command of commands.toReversed()) {
      const line = command.lineNow(frame);
      if (line !== undefined) return line;
    }
    return frame.line;
  }

  #add(item: Item): void {
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

function idOf({ session, evaluator }: { readonly session?: string; readonly evaluator: string }): string {
  return session ?? evaluator;
}

function isRunning(item: Item): item is LiveCommand {
  return item instanceof LiveCommand && item.running;
}
