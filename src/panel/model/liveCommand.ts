import type { DocumentChange } from '../../text/documentChange.js';
import { DisposableStore } from '../../engine/disposableStore.js';
import type { ExtResults } from '../../engine/extResults.js';
import type { InputRequest } from '../../engine/worker/standardInput.js';
import type { SubmittedCommand } from '../../host/sessions/command.js';
import type { Output } from '../../protocol/output.js';
import {
  sessionOf,
  type CommandEntry,
  type CommandState,
  type CommandStatus,
  type PanelFrame,
  type Part,
  type ShownPause,
} from '../../protocol/panelEntries.js';
import type { DrawnType } from '../../protocol/panelForms.js';
import { CommandOrigin } from './commandOrigin.js';
import { commandState, isShownOfRun, type RunEnd } from './commandState.js';
import type { CommandListener } from './modelChange.js';
import { OutputParts } from './outputParts.js';
import type { LineAfter } from './movedFrames.js';
import type { TimedOutput } from '../terminal/onTime.js';
import { outputText } from '../terminal/outputText.js';
import type { RepeatableCommand } from '../panelActions.js';
import { InputRequests, type OpenInputRequest } from './inputRequests.js';
import type { TranscriptEntry } from './transcriptEntry.js';
import type { TextSince } from '../terminal/textScreen.js';
import { unkeptLines, type UnkeptLine } from '../terminal/unkeptLines.js';

const LONGEST_SOURCE = 50_000;

/**
 * A submitted command. Follows its results until no process can write to it any more, and lets go of them when it is
 * disposed of.
 */
export class LiveCommand implements TranscriptEntry {
  readonly #submitted: SubmittedCommand;
  readonly #now: () => number;
  readonly #listener: CommandListener;

  readonly actions = [];
  readonly #parts: OutputParts;
  readonly #subscriptions: DisposableStore;
  #doneAt: number | undefined;
  #end: RunEnd | undefined;
  #leftAt: number | undefined;
  #pausedAt: ShownPause | undefined;
  #open = true;
  readonly #questions: InputRequests;
  readonly #origin: CommandOrigin | undefined;
  #disposed = false;

  constructor(
    readonly key: number,
    submitted: SubmittedCommand,
    now: () => number,
    listener: CommandListener,
  ) {
    this.#submitted = submitted;
    this.#now = now;
    this.#listener = listener;
    const { results } = submitted;
    this.#origin = submitted.origin && new CommandOrigin(submitted.origin);
    this.#parts = new OutputParts(listener.lineNow);
    this.#questions = new InputRequests({
      onChange: () => {
        listener.onStatus();
      },
      onAnswer: (shown) => {
        listener.onPart(this.#parts.addInput(shown));
      },
    });
    if (results.state === 'done' && !listener.run && !listener.isLate) this.#doneAt = now();
    for (const output of results.pieces()) if (this.#isShown(output)) this.#parts.receive(output);
    this.#subscriptions = new DisposableStore(
      results.onDidReceiveOutput((output) => {
        if (!this.#isShown(output)) return;
        const lateMs = this.#doneAt === undefined ? undefined : Math.max(0, now() - this.#doneAt);
        for (const change of this.#parts.receive(output, lateMs)) listener.onPart(change);
      }),
      results.onDidClear(() => {
        this.#parts.clear();
        listener.onClear();
      }),
      results.onDidChangeState((state) => {
        if (state === 'done' && !listener.run) this.#doneAt ??= now();
        listener.onStatus();
      }),
    );
    void listener.run?.exited.then((status) => {
      this.#end = { ...status, at: now() };
      if (!this.#disposed) listener.onStatus();
    });
    results.wait().then(undefined, () => {
      this.#leftAt = now();
      if (!this.#disposed) listener.onStatus();
    });
    void results.closed.then(() => {
      this.#open = false;
      if (!this.#disposed) listener.onStatus();
    });
  }

  get session(): string {
    return sessionOf(this.#submitted);
  }

  /** Whether an earlier window has sent it. */
  get isResumed(): boolean {
    return this.#submitted.isResumed ?? false;
  }

  get number(): number {
    return this.isRun ? 0 : this.#submitted.results.executionCount; // it is no command of a session
  }

  get results(): ExtResults {
    return this.#submitted.results;
  }

  get command(): RepeatableCommand | undefined {
    const { source, languageId, session } = this.#submitted;
    if (this.isRun || (this.#listener.isStart && source === '')) return undefined;
    return {
      source,
      languageId,
      ...(this.#origin ? { origin: this.#origin.now } : {}),
      ...(session === undefined ? {} : { session }),
    };
  }

  /** All output of the command so far, including what the panel does not keep. */
  get fullOutput(): string {
    let text = '';
    for (const output of this.#pieces()) text += outputText(output);
    return text;
  }

  /** All output so far that the panel shows, long text in pieces. */
  get outputs(): Iterable<TimedOutput> {
    return this.#parts.timed(this.#shownPieces());
  }

  /** The output that the panel does not keep, in batches of lines, or undefined if it keeps everything. */
  get unkept(): Iterable<readonly UnkeptLine[]> | undefined {
    const stretches = this.#parts.stretches();
    return stretches.every(({ isWhole }) => isWhole) ? undefined : unkeptLines(this.#pieces(), stretches);
  }

  get characters(): number {
    return this.#parts.characters + Math.min(this.#submitted.source.length, LONGEST_SOURCE);
  }

  /** Whether more output can arrive; such a command is never removed. */
  get live(): boolean {
    return this.isRun ? !this.#end : this.#submitted.results.state !== 'done' && this.#leftAt === undefined;
  }

  isOf(results: ExtResults | undefined): boolean {
    return this.#submitted.results === results;
  }

  /** It has stopped in the debugger, or goes on. */
  pause(at: ShownPause | undefined): void {
    this.#pausedAt = at;
    this.#listener.onStatus();
  }

  /** Asks for a line, below the command's output. */
  ask(request: InputRequest): OpenInputRequest {
    return this.#questions.ask(request);
  }

  answer(question: number, text: string | undefined): void {
    this.#questions.answer(question, text);
  }

  get running(): boolean {
    return this.isRun ? !this.#end : this.#submitted.results.state === 'running' && this.#leftAt === undefined;
  }

  /** Whether it is a file that runs in a process of its own. */
  get isRun(): boolean {
    return this.#listener.run !== undefined;
  }

  /** Ends the process of a run. */
  stop(): void {
    this.#listener.run?.stop();
  }

  status(): CommandStatus {
    const { dropped } = this.#parts;
    const at = this.#origin?.label;
    return {
      state: this.#state(),
      open: this.#open,
      ...(at === undefined ? {} : { at }),
      ...(dropped ? { dropped } : {}),
    };
  }

  /**
   * The current line of a frame that was submitted with this command. The evaluator might not know its text if the file
   * has changed.
   */
  lineNow(frame: PanelFrame): number | undefined {
    return this.#origin?.lineNow(frame);
  }

  /** Updates the frames of the command's errors after edits of their file. */
  followFile(file: string, lineAfter: LineAfter): void {
    for (const change of this.#parts.followFile(file, lineAfter)) this.#listener.onPart(change);
  }

  /**
   * Updates the origin after edits of the document, and returns whether it has moved. Deleted lines keep their
   * position.
   */
  followEdits(uri: string, changes: readonly DocumentChange[]): boolean {
    return this.#origin?.followEdits(uri, changes) ?? false;
  }

  part(id: number): Part | undefined {
    return this.#parts.part(id);
  }

  since(part: number, from: number): TextSince | undefined {
    return this.#parts.since(part, from);
  }

  form(part: number, mime: DrawnType): string | undefined {
    return this.#parts.form(part, mime);
  }

  entry(longestData?: number): CommandEntry {
    const { source, languageId, evaluator, session } = this.#submitted;
    const shown = source.slice(0, LONGEST_SOURCE);
    return {
      key: this.key,
      type: 'command',
      number: this.number,
      source: shown,
      sourceOmitted: source.length - shown.length,
      languageId,
      evaluator,
      ...(session === undefined ? {} : { session }),
      ...(this.#listener.isStart ? { isStart: true } : {}),
      ...(this.#listener.isLate ? { isLate: true } : {}),
      ...(this.isRun ? { isRun: true } : {}),
      ...(this.#origin ? { origin: this.#origin.now } : {}),
      status: this.status(),
      parts: this.#parts.all(longestData),
    };
  }

  divides(): boolean {
    return false;
  }

  dispose(): void {
    this.#disposed = true;
    this.#subscriptions.dispose();
    this.#listener.onLetGo(this.results);
  }

  /** All output so far. Ends early if the command is removed in the meantime. */
  *#pieces(): Generator<Output> {
    const outputs = this.results.pieces();
    while (!this.#disposed) {
      const { done, value } = outputs.next();
      if (done) return;
      yield value;
    }
  }

  *#shownPieces(): Generator<Output> {
    for (const output of this.#pieces()) if (this.#isShown(output)) yield output;
  }

  #isShown(output: Output): boolean {
    return !this.isRun || isShownOfRun(output);
  }

  #state(): CommandState {
    const { results, isRun } = this;
    return commandState({
      results,
      isRun,
      end: this.#end,
      leftAt: this.#leftAt,
      question: this.#questions.shown,
      pause: this.#pausedAt,
      now: this.#now(),
    });
  }
}
