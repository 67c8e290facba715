import type { Disposable } from '../../engine/disposable.js';
import type { DocumentChange } from '../../text/documentChange.js';
import { Emitter, reportListenerErrors } from '../../engine/emitter.js';
import type { ExtResults } from '../../engine/extResults.js';
import type { Logger } from '../../engine/logger.js';
import type { InputRequest } from '../../engine/worker/standardInput.js';
import { filenameOf } from '../../host/filename.js';
import type { Notice } from '../../host/notice.js';
import type { FileRun, SessionStart, ShownText, SubmittedCommand } from '../../host/sessions/command.js';
import type { SessionStatus } from '../../host/sessions/sessionStatus.js';
import type { Transcript } from '../../host/sessions/transcript.js';
import { sessionOf, type CommandEntry, type Entry } from '../../protocol/panelEntries.js';
import { shownPause } from './commandState.js';
import { currentLine } from './currentLine.js';
import { LiveCommand } from './liveCommand.js';
import type { CommandListener, ModelChange } from './modelChange.js';
import { linesAfter, movesLines } from './movedFrames.js';
import type { OpenInputRequest } from './inputRequests.js';
import { pastCommand, type PastCommand } from './pastCommand.js';
import { earlierCommands, restoredEntries } from './restoredEntries.js';
import { ShownTextEntry } from './shownTextEntry.js';
import { StaticEntry } from './transcriptEntry.js';
import { type ModelBounds } from './transcriptEntries.js';
import { type Item, TranscriptReader } from './transcriptReader.js';

export interface PanelModelOptions {
  readonly bounds?: ModelBounds;
  readonly now?: () => number;
  /** Called with the results of each command that is removed; disposes of them by default. */
  readonly letGo?: (results: ExtResults) => void;
  /** Receives the errors of listeners; a warning of this process by default. */
  readonly log?: Logger;
}

/** The transcript that the panel shows. The webview draws this model. */
export class PanelModel extends TranscriptReader implements Transcript {
  readonly #now: () => number;
  readonly #letGo: (results: ExtResults) => void;
  readonly #changed: Emitter<ModelChange>;
  /**
   * Keys start at the time of the window's start in milliseconds, so those of an earlier window are lower and remain
   * valid.
   */
  readonly firstKey: number;
  #nextKey: number;
  readonly #continued = new Set<string>();
  readonly #restored: Emitter<readonly CommandEntry[]>;
  /** Fires with the commands that ended in an earlier window, of sessions that go on in this one, in their order. */
  readonly onDidRestore: Emitter<readonly CommandEntry[]>['event'];

  constructor(options: PanelModelOptions = {}) {
    super(options.bounds);
    const report = reportListenerErrors(options.log);
    this.#changed = new Emitter(report);
    this.#restored = new Emitter(report);
    this.onDidRestore = this.#restored.event;
    this.#now = options.now ?? Date.now;
    this.#letGo = options.letGo ?? ((results) => results.dispose());
    this.firstKey = this.#now();
    this.#nextKey = this.firstKey + 1;
  }

  onDidChange(listener: (change: ModelChange) => void): Disposable {
    return this.#changed.event(listener);
  }

  setStatus(status: SessionStatus, all: readonly SessionStatus[] = [status]): void {
    if (this.shown.set(status, all)) this.#emit({ type: 'reset' });
    else this.#statusChanged();
  }

  add(command: SubmittedCommand): void {
    this.#follow(command, {});
  }

  addStart(start: SessionStart): void {
    const { results, source = '', isLate = false, ...process } = start;
    this.#follow(
      { ...process, results, source, languageId: source === '' ? '' : start.evaluator },
      { isStart: true, isLate },
    );
  }

  addRun({ evaluator, session, title, results, ...run }: FileRun): void {
    const named = { evaluator, ...(session === undefined ? {} : { session }) };
    this.#follow({ ...named, results, source: title, languageId: '' }, { run });
  }

  addText(text: ShownText, evaluator: string, session?: string): void {
    const named = { evaluator, ...(session === undefined ? {} : { session }) };
    this.#add(new ShownTextEntry(this.#nextKey++, text, named));
  }

  /** Shows a command of a notebook, which has not run here. */
  addPast(command: PastCommand): void {
    this.#add(new StaticEntry(pastCommand(this.#nextKey++, command)));
  }

  /** Ends the process of a file that runs. */
  stop(key: number): void {
    this.record(key)?.stop();
  }

  #follow(command: SubmittedCommand, special: Pick<CommandListener, 'isStart' | 'isLate' | 'run'>): void {
    const key = this.#nextKey++;
    const record = new LiveCommand(key, command, this.#now, {
      onStatus: () => {
        this.#emit({ type: 'command', key });
        this.#statusChanged();
      },
      onPart: ({ part, from }) => {
        this.#emit(from === undefined ? { type: 'part', key, part } : { type: 'text', key, part, from });
        if (this.items.put(record)) this.#emit({ type: 'dropped' });
      },
      onClear: () => {
        this.items.put(record);
        this.#emit({ type: 'cleared', key });
      },
      onLetGo: this.#letGo,
      lineNow: (frame) => currentLine(this.items, frame, { key, session: sessionOf(command) }),
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
    return this.records()
      .find((command) => command.running && command.isOf(request.results))
      ?.ask(request);
  }

  /** A command has stopped in the debugger, or goes on. */
  pause(results: ExtResults, at: { readonly file: string; readonly line: number } | undefined): void {
    const record = this.records().find((command) => command.isOf(results));
    record?.pause(at && shownPause(at, record.command?.origin));
  }

  answer(key: number, question: number, text: string | undefined): void {
    this.record(key)?.answer(question, text);
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
    this.items.clear(this.shown.id);
    this.#emit({ type: 'reset' });
  }

  forget(session: string): void {
    this.items.forget(session);
    this.#emit({ type: 'reset' });
  }

  /** Removes an entry that is finished. */
  delete(key: number): void {
    if (this.items.delete(key)) this.#emit({ type: 'removed', key });
  }

  /** Updates origins and the lines of tracebacks after an edit of a document. */
  followEdits(uri: string, changes: readonly DocumentChange[]): void {
    if (!changes.some(movesLines)) return;
    const [file, lineAfter] = [filenameOf(uri), linesAfter(changes)];
    for (const item of this.items) {
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
    this.items.prepend(items, older);
    this.#emit({ type: 'reset' });
    this.#restored.fire(earlierCommands(items, this.#continued));
  }

  /** Shows the entries of a file. */
  load(entries: readonly Entry[], older: number): void {
    const items = entries.map((entry) => new StaticEntry(entry));
    this.items.prepend(items, older);
    this.#emit({ type: 'reset' });
  }

  /** The first key that is still kept. */
  get oldestKey(): number {
    for (const { key } of this.items) return key;
    return this.#nextKey;
  }

  dispose(): void {
    this.#changed.dispose();
    this.#restored.dispose();
    for (const item of this.items) item.dispose();
  }

  #add(item: Item): void {
    const evicted = this.items.put(item);
    this.#emit({ type: 'entry', key: item.key });
    if (evicted) this.#emit({ type: 'dropped' });
  }

  #statusChanged(): void {
    this.#emit({ type: 'status' });
  }

  #emit(change: ModelChange): void {
    this.#changed.fire(change);
  }
}
