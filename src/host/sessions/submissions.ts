import * as v from 'valibot';
import { Emitter, reportListenerErrors } from '../../engine/emitter.js';
import type { ExtResults } from '../../engine/extResults.js';
import type { ExtSession } from '../../engine/extSession.js';
import type { ExecuteOptions } from '../../engine/sessionOptions.js';
import { filenameOf } from '../filename.js';
import { pathThere } from '../machines/folderPair.js';
import type { BreakpointLead } from './breakpointLead.js';
import type { Command, Origin, SentCommand, ShownText, SubmittedCommand } from './command.js';
import type { LanguageSessionOptions } from './languageSessionOptions.js';
import { type OpenSession, placeOf, type RunningCommand } from './openSession.js';

export type SubmissionOptions = Pick<ExecuteOptions, 'signal' | 'debugger' | 'profile' | 'onInterrupt'>;

/** As it was noted for the next window. */
const commandSchema = v.object({
  source: v.string(),
  languageId: v.string(),
  origin: v.exactOptional(v.object({ uri: v.string(), firstLine: v.number(), lastLine: v.number() })),
});

/** The commands of a session: handed to its process, added to the transcript, and held until that is saved. */
export class Submissions {
  readonly #options: LanguageSessionOptions;

  readonly #sent: Emitter<SentCommand>;
  readonly #submitted: Emitter<SubmittedCommand>;
  readonly #sessionOf = new WeakMap<ExtResults, ExtSession>();
  /** Those that have not ended, in order. */
  readonly #open = new Set<SubmittedCommand>();
  #paused: ExtResults | undefined;
  #lastTurn: Promise<unknown> = Promise.resolve();

  /** Fires immediately for each command, even if a session has to be started for it. */
  readonly onDidSend: Emitter<SentCommand>['event'];
  /** Fires when a command is handed to the session. */
  readonly onDidSubmit: Emitter<SubmittedCommand>['event'];

  constructor(options: LanguageSessionOptions) {
    this.#options = options;
    const report = reportListenerErrors(options.log);
    this.#sent = new Emitter(report);
    this.#submitted = new Emitter(report);
    this.onDidSend = this.#sent.event;
    this.onDidSubmit = this.#submitted.event;
  }

  /** Hands a command to the session that `ready` resolves with, if any. */
  submit(
    command: Command,
    options: SubmissionOptions,
    ready: () => Promise<OpenSession | undefined>,
  ): Promise<ExtResults | undefined> {
    const results = this.#submit(command, options, ready);
    if (this.#options.isTrusted()) this.#sent.fire({ ...command, session: this.#options.id, results });
    return results;
  }

  /** Adds text to the transcript, after the commands that wait for a session. */
  async show({ origin, ...text }: ShownText, ready: Promise<OpenSession | undefined> | undefined): Promise<void> {
    const { evaluator, id, followOrigin, transcript } = this.#options;
    const followed = followOrigin(origin);
    ready?.catch(() => undefined); // told in its turn
    await this.#inTurn(async () => {
      await Promise.resolve(ready).finally(() => followed.dispose());
      transcript.addText({ ...text, origin: followed.origin }, evaluator, id);
    });
  }

  /** Goes on with the commands that an earlier window has left in a session. */
  resume(session: ExtSession): void {
    session.resumed.forEach((results, index) => {
      this.#resumeCommand(results, session, session.resumedNotes[index]);
    });
  }

  /** The command that runs. */
  get running(): RunningCommand | undefined {
    for (const { source, results } of this.#open) {
      if (results.state === 'running') return { source, startedAt: results.startedAt ?? Date.now() };
    }
    return undefined;
  }

  /** Whether the command that runs has stopped in the debugger. */
  get isPaused(): boolean {
    return this.#paused?.state === 'running';
  }

  /** Notes that a command has stopped in the debugger, or goes on. False if it is not one of this session's. */
  pause(results: ExtResults, isPaused: boolean): boolean {
    if (!this.#sessionOf.has(results)) return false;
    this.#paused = isPaused ? results : undefined;
    return true;
  }

  /** Passes on the results that need not come again, because the transcript with them is saved. */
  acknowledge(results: readonly ExtResults[]): void {
    for (const one of results) this.#sessionOf.get(one)?.acknowledge(one);
  }

  #submit(
    command: Command,
    options: SubmissionOptions,
    ready: () => Promise<OpenSession | undefined>,
  ): Promise<ExtResults | undefined> {
    // Its lines may move while a session starts.
    const followed = command.origin && this.#options.followOrigin(command.origin);
    const opening = ready().finally(() => followed?.dispose());
    opening.catch(() => undefined); // told in its turn
    return this.#inTurn(async () => {
      const open = await opening;
      const origin = followed?.origin;
      return open && (await this.#hand({ ...command, ...(origin ? { origin } : {}) }, options, open));
    });
  }

  async #hand(sent: Command, options: SubmissionOptions, open: OpenSession): Promise<ExtResults> {
    const { source, languageId: language, origin } = sent;
    const { session } = open;
    const place = origin ? this.#placeOf(origin, open) : {};
    const plotTheme = this.#options.plotTheme();
    const lead = await this.#lead(sent, options);
    session.columns = this.#options.columns();
    const settings = { ...place, ...(plotTheme ? { plotTheme } : {}), language, ...lead?.options, ...options };
    const results = session.execute(source, { ...settings, note: sent });
    lead?.begun(results, () => {
      session.interrupt().catch((error: unknown) => {
        this.#options.log.warn(String(error));
      });
    });
    this.#hold(results, session);
    this.#record({ ...sent, evaluator: this.#options.evaluator, session: this.#options.id, results });
    return results;
  }

  #placeOf(
    { uri, firstLine }: Origin,
    open: OpenSession,
  ): Pick<ExecuteOptions, 'filename' | 'firstLine' | 'fileThere'> {
    const filename = filenameOf(uri);
    const there = placeOf(open)?.folder;
    const fileThere = there === undefined ? there : pathThere({ there, here: this.#options.foldersHere() }, filename);
    return { filename, firstLine: firstLine + 1, ...(fileThere === undefined ? {} : { fileThere }) };
  }

  /** What was asked for first comes first, whatever each has to wait for. */
  #inTurn<Result>(step: () => Promise<Result>): Promise<Result> {
    const turn = this.#lastTurn.then(step);
    this.#lastTurn = turn.catch(() => undefined); // whoever asked hears of it
    return turn;
  }

  async #lead(command: Command, options: SubmissionOptions): Promise<BreakpointLead | undefined> {
    if (options.debugger || options.profile) return undefined;
    try {
      return await this.#options.leadBreakpoints?.(command);
    } catch (error) {
      this.#options.log.warn(`Breakpoints of the code do not lead to the debugger: ${String(error)}`);
      return undefined;
    }
  }

  #resumeCommand(results: ExtResults, extSession: ExtSession, note: unknown): void {
    const { evaluator, id: session } = this.#options;
    const { success, output } = v.safeParse(commandSchema, note);
    const command = success ? output : { source: '', languageId: evaluator };
    this.#hold(results, extSession);
    this.#sent.fire({ ...command, session, results: Promise.resolve(results), isResumed: true });
    this.#record({ ...command, evaluator, session, results, isResumed: true });
  }

  #record(submitted: SubmittedCommand): void {
    this.#options.transcript.add(submitted);
    this.#submitted.fire(submitted);
    this.#open.add(submitted);
    const forget = (): void => void this.#open.delete(submitted);
    submitted.results.wait().then(forget, forget);
  }

  /** Results come again in the next window until the transcript with them is saved. */
  #hold(results: ExtResults, session: ExtSession): void {
    this.#sessionOf.set(results, session);
    results.wait().then(
      () => {
        if (!this.#options.savesTranscript()) session.acknowledge(results);
      },
      () => undefined, // another window has the session
    );
  }
}
