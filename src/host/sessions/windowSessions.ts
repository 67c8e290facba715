import type { Disposable } from '../../engine/disposable.js';
import { Emitter, reportListenerErrors } from '../../engine/emitter.js';
import type { ExtResults } from '../../engine/extResults.js';
import type { ExtSession } from '../../engine/extSession.js';
import { LanguageSession } from './languageSession.js';
import type { LanguageSessionOptions } from './languageSessionOptions.js';
import type { Command, SentCommand, ShownText, SubmittedCommand } from './command.js';
import type { SessionStatus } from './sessionStatus.js';

/** The options that are specific to the session of an evaluator. */
export type EvaluatorOptions = Pick<
  LanguageSessionOptions,
  'evaluator' | 'findInterpreter' | 'findStartup' | 'reloadedModules'
> & {
  /** VS Code's identifiers of the languages that it runs. */
  readonly languageIds: readonly string[];
};

const resting: readonly SessionStatus['state'][] = ['none', 'idle', 'dead'];

/** The sessions of the window, one for each evaluator. The panel and the status bar show the current one. */
export class WindowSessions implements Disposable {
  readonly #options: Omit<LanguageSessionOptions, 'evaluator' | 'findInterpreter' | 'findStartup' | 'reloadedModules'>;

  readonly #statusChanged: Emitter<SessionStatus>;
  readonly #sent: Emitter<SentCommand>;
  readonly #submitted: Emitter<SubmittedCommand>;
  readonly #byLanguage = new Map<string, LanguageSession>();
  readonly #all: readonly [LanguageSession, ...LanguageSession[]];
  #current: LanguageSession;
  /** The evaluators, such as 'python'; each is an identifier of one of its languages. */
  readonly languages: readonly string[];

  readonly onDidChangeStatus: Emitter<SessionStatus>['event'];
  /** Fires immediately for each command, even if a session has to be started for it. */
  readonly onDidSend: Emitter<SentCommand>['event'];
  /** Fires when a command is handed to a session. */
  readonly onDidSubmit: Emitter<SubmittedCommand>['event'];

  /** The first evaluator's session is the initial current session. */
  constructor(
    options: Omit<LanguageSessionOptions, 'evaluator' | 'findInterpreter' | 'findStartup' | 'reloadedModules'>,
    [first, ...others]: readonly [EvaluatorOptions, ...EvaluatorOptions[]],
  ) {
    this.#options = options;
    const report = reportListenerErrors(options.log);
    this.#statusChanged = new Emitter(report);
    this.#sent = new Emitter(report);
    this.#submitted = new Emitter(report);
    this.onDidChangeStatus = this.#statusChanged.event;
    this.onDidSend = this.#sent.event;
    this.onDidSubmit = this.#submitted.event;
    this.languages = [first, ...others].map(({ evaluator }) => evaluator);
    this.#current = this.#add(first);
    this.#all = [this.#current, ...others.map((evaluator) => this.#add(evaluator))];
    this.#tell();
  }

  get status(): SessionStatus {
    return this.#current.status;
  }

  /** The session of a language, or the current one for an unknown language. */
  of(languageId: string): LanguageSession {
    return this.#byLanguage.get(languageId) ?? this.#current;
  }

  /** The session that runs a language, if it can currently be asked about its namespace, also while it runs code. */
  live(languageId: string): ExtSession | undefined {
    return this.#byLanguage.get(languageId)?.live();
  }

  /** Runs a command in the session of its language, which becomes the current session. */
  execute(
    command: Command,
    options?: Parameters<LanguageSession['execute']>[1],
  ): ReturnType<LanguageSession['execute']> {
    const sessions = this.of(command.languageId);
    this.#choose(sessions);
    return sessions.execute(command, options);
  }

  /** Shows text after the commands that have been sent in its language. No session is started for it. */
  show(text: ShownText): Promise<undefined> {
    return this.of(text.languageId).show(text);
  }

  /** The user views a file of that language: its session becomes the current one, if it exists. */
  lookAt(languageId: string): void {
    const sessions = this.#byLanguage.get(languageId);
    if (sessions && sessions.status.state !== 'none') this.#choose(sessions);
  }

  restart(): Promise<void> {
    return this.#current.restart();
  }

  /** Ends the current session; running code starts a new one. */
  stop(): Promise<void> {
    return this.#current.stop();
  }

  /** Interrupts the current session, or another one if only that one is busy. */
  async interrupt(): Promise<void> {
    const busy = [this.#current, ...this.#all].find(({ status }) => !resting.includes(status.state));
    await (busy ?? this.#current).interrupt();
  }

  /** Goes on with the sessions of the last window. */
  async resume(): Promise<void> {
    await Promise.all(this.#all.map((session) => session.resume()));
  }

  /** The transcript with these results is saved. */
  acknowledge(results: readonly ExtResults[]): void {
    for (const session of this.#all) session.acknowledge(results);
  }

  /** The window closes: sessions that are to go on do, once the transcript is saved; all others end in order. */
  async leave(saved: Promise<void>): Promise<void> {
    await Promise.all(this.#all.map((session) => session.leave(saved)));
  }

  /** Ends all sessions in order, for good. Resolves when no process is left. */
  async end(): Promise<void> {
    await Promise.all(this.#all.map((session) => session.end()));
  }

  dispose(): void {
    void this.end();
  }

  #add({ languageIds, ...evaluator }: EvaluatorOptions): LanguageSession {
    const { transcript } = this.#options;
    const sessions = new LanguageSession({
      ...this.#options,
      ...evaluator,
      transcript: {
        add: (command) => transcript.add(command),
        addStart: (start) => transcript.addStart(start),
        addText: (...args) => transcript.addText(...args),
        addRun: (run) => transcript.addRun(run),
        divide: (...args) => transcript.divide(...args),
        markContinued: () => transcript.markContinued(),
        notify: (notice) => transcript.notify(notice),
        clear: () => transcript.clear(),
        setStatus: () => undefined, // the current session reports its status below
      },
    });
    for (const languageId of languageIds) this.#byLanguage.set(languageId, sessions);
    sessions.onDidChangeStatus(() => {
      if (sessions === this.#current) this.#tell();
    });
    sessions.onDidSend((command) => this.#sent.fire(command));
    sessions.onDidSubmit((command) => this.#submitted.fire(command));
    return sessions;
  }

  #choose(sessions: LanguageSession): void {
    if (sessions === this.#current) return;
    this.#current = sessions;
    this.#tell();
  }

  #tell(): void {
    const { status } = this;
    this.#options.transcript.setStatus(status);
    this.#statusChanged.fire(status);
  }
}
