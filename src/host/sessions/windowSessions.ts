import type { Disposable } from '../../engine/disposable.js';
import { Emitter, reportListenerErrors } from '../../engine/emitter.js';
import type { ExtResults } from '../../engine/extResults.js';
import type { ExtSession } from '../../engine/extSession.js';
import type { Command, SentCommand, ShownText, SubmittedCommand } from './command.js';
import type { KeptSession } from './kept/keptSessions.js';
import { LanguageSession } from './languageSession.js';
import {
  asCreated,
  defaultOf,
  type EvaluatorOptions,
  type OwnOptions,
  type SessionFolder,
  unusedTitle,
} from './placedSession.js';
import type { CreatedSession } from './sessionBook.js';
import type { SessionStatus } from './sessionStatus.js';
import type { WindowSessionsOptions } from './windowSessionsOptions.js';

const resting: readonly SessionStatus['state'][] = ['none', 'idle', 'dead'];

/**
 * The sessions of the window: a default one for each evaluator and workspace folder, and those that the user has
 * created. The panel and the status bar show the current one.
 */
export class WindowSessions implements Disposable {
  readonly #options: WindowSessionsOptions;
  readonly #evaluators: readonly EvaluatorOptions[];
  readonly #first: EvaluatorOptions;

  readonly #statusChanged: Emitter<SessionStatus>;
  readonly #sessionChanged: Emitter<LanguageSession>;
  readonly #sent: Emitter<SentCommand>;
  readonly #submitted: Emitter<SubmittedCommand>;
  readonly #sessions = new Map<string, LanguageSession>();
  #current: LanguageSession;
  #told: SessionStatus | undefined;
  /** The evaluators, such as 'python'; each is an identifier of one of its languages. */
  readonly languages: readonly string[];

  /** Fires for each change of the current session's status, or of which one is the current one. */
  readonly onDidChangeStatus: Emitter<SessionStatus>['event'];
  /** Fires with each session whose status, name or files have changed, or which is new or removed. */
  readonly onDidChangeSession: Emitter<LanguageSession>['event'];
  /** Fires immediately for each command, even if a session has to be started for it. */
  readonly onDidSend: Emitter<SentCommand>['event'];
  /** Fires when a command is handed to a session. */
  readonly onDidSubmit: Emitter<SubmittedCommand>['event'];

  /** The first evaluator's session is the initial current session. */
  constructor(options: WindowSessionsOptions, [first, ...others]: readonly [EvaluatorOptions, ...EvaluatorOptions[]]) {
    this.#options = options;
    this.#first = first;
    this.#evaluators = [first, ...others];
    const report = reportListenerErrors(options.log);
    this.#statusChanged = new Emitter(report);
    this.#sessionChanged = new Emitter(report);
    this.#sent = new Emitter(report);
    this.#submitted = new Emitter(report);
    this.onDidChangeStatus = this.#statusChanged.event;
    this.onDidChangeSession = this.#sessionChanged.event;
    this.onDidSend = this.#sent.event;
    this.onDidSubmit = this.#submitted.event;
    this.languages = this.#evaluators.map(({ evaluator }) => evaluator);
    this.#current = this.#default(first, undefined);
    for (const evaluator of others) this.#default(evaluator, undefined);
    for (const created of options.book.created) this.#addCreated(created);
    this.#tell();
  }

  get status(): SessionStatus {
    return this.#current.status;
  }

  get all(): readonly LanguageSession[] {
    return [...this.#sessions.values()];
  }

  find(id: string): LanguageSession | undefined {
    return this.#sessions.get(id);
  }

  /** The session of a file in a language, or the current one for an unknown language. */
  of(languageId: string, uri?: string): LanguageSession {
    const evaluator = this.#evaluatorOf(languageId);
    if (!evaluator) return this.#current;
    const { book, folderOf } = this.#options;
    const attached = uri === undefined ? undefined : this.find(book.sessionFor(uri) ?? '');
    if (attached?.evaluator === evaluator.evaluator) return attached;
    return this.#default(evaluator, uri === undefined ? undefined : folderOf(uri));
  }

  /** The session of the input line, which is the current one if it runs that language. */
  ofInput(evaluator: string): LanguageSession {
    return this.#current.evaluator === evaluator ? this.#current : this.of(evaluator);
  }

  /** The session of a file, if it can currently be asked about its namespace, also while it runs code. */
  async live(languageId: string, uri?: string): Promise<ExtSession | undefined> {
    return this.#evaluatorOf(languageId) && this.of(languageId, uri).connected();
  }

  /** Runs a command in the session that it names, or in that of its file, which becomes the current session. */
  execute(
    command: Command,
    options?: Parameters<LanguageSession['execute']>[1],
  ): ReturnType<LanguageSession['execute']> {
    const named = command.session === undefined ? undefined : this.find(command.session);
    const session = named ?? this.of(command.languageId, command.origin?.uri);
    this.#choose(session);
    return session.execute(command, options);
  }

  /** Shows text after the commands that have been sent in the session of its file. No session is started for it. */
  show(text: ShownText): Promise<undefined> {
    const session = this.of(text.languageId, text.origin.uri);
    this.#choose(session);
    return session.show(text);
  }

  /** The user views a file: its session becomes the current one, if it exists. */
  lookAt(languageId: string, uri?: string): void {
    if (!this.#evaluatorOf(languageId)) return;
    const session = this.of(languageId, uri);
    if (session.status.state !== 'none') this.#choose(session);
  }

  /** Makes a session the current one. */
  select(id: string): void {
    const session = this.find(id);
    if (session) this.#choose(session);
  }

  /** Creates a session, which becomes the current one. */
  create(session: Omit<CreatedSession, 'id'>): LanguageSession | undefined {
    const created = this.#addCreated(this.#options.book.add(session));
    if (created) this.#choose(created);
    return created;
  }

  /** Goes on with a session that another window has left, or takes it over. */
  async adopt(left: KeptSession): Promise<void> {
    const { language: evaluator } = left.reference;
    const created = this.create({ evaluator, name: this.unusedTitle(left.title) });
    await created?.resume(left);
  }

  /** A title that no session has, with a number if necessary. */
  unusedTitle(wanted: string): string {
    return unusedTitle(
      wanted,
      this.all.map(({ status }) => status.title),
    );
  }

  isCreated(id: string): boolean {
    return this.#options.book.created.some((created) => created.id === id);
  }

  rename(id: string, name: string): void {
    this.#options.book.rename(id, name);
    this.find(id)?.rename(name);
  }

  /** Ends a session that the user has created, and removes it with its entries in the transcript. */
  async remove(id: string): Promise<void> {
    const session = this.find(id);
    if (!session || !this.isCreated(id)) return;
    this.#sessions.delete(id);
    this.#options.book.remove(id);
    if (session === this.#current) this.#choose(this.#default(this.#first, undefined));
    const ended = session.end();
    this.#options.transcript.forget(id);
    this.#sessionChanged.fire(session);
    this.#tell();
    await ended;
  }

  /** Lets the code of a file run in a session from now on; without one, in the default session again. */
  attach(uri: string, id: string | undefined): void {
    const { book } = this.#options;
    const before = this.find(book.sessionFor(uri) ?? '');
    book.attach(uri, id);
    const now = id === undefined ? undefined : this.find(id);
    for (const session of new Set([before, now])) if (session) this.#sessionChanged.fire(session);
    if (now) this.#choose(now);
  }

  /** The session that the user has chosen for a file. */
  attachedTo(uri: string): LanguageSession | undefined {
    return this.find(this.#options.book.sessionFor(uri) ?? '');
  }

  filesOf(id: string): readonly string[] {
    return this.#options.book.filesOf(id);
  }

  get current(): LanguageSession {
    return this.#current;
  }

  /** Ends all sessions; running code starts new ones. */
  async stopAll(): Promise<void> {
    await Promise.all(this.all.map((session) => session.stop()));
  }

  /** Interrupts the current session, or another one if only that one is busy. */
  async interrupt(): Promise<void> {
    const busy = [this.#current, ...this.all].find(({ status }) => !resting.includes(status.state));
    await (busy ?? this.#current).interrupt();
  }

  /** Goes on with the sessions of the last window. */
  async resume(): Promise<void> {
    for (const folder of this.#options.folders()) for (const each of this.#evaluators) this.#default(each, folder);
    await Promise.all(this.all.map((session) => session.resume()));
    const rank = ({ status: { state } }: LanguageSession): number => ['none', 'idle', 'dead'].indexOf(state);
    const there = this.all.filter((session) => rank(session) !== 0).toSorted((one, other) => rank(one) - rank(other));
    const shown = there.find(({ id }) => id === this.#options.book.shown) ?? there[0];
    if (shown && (this.status.state === 'none' || shown.id === this.#options.book.shown)) this.#choose(shown);
  }

  /** The transcript with these results is saved. */
  acknowledge(results: readonly ExtResults[]): void {
    for (const session of this.all) session.acknowledge(results);
  }

  /** The window closes: sessions that are to go on do, once the transcript is saved; all others end in order. */
  async leave(saved: Promise<void>): Promise<void> {
    await Promise.all(this.all.map((session) => session.leave(saved)));
  }

  /** Ends all sessions in order, for good. Resolves when no process is left. */
  async end(): Promise<void> {
    await Promise.all(this.all.map((session) => session.end()));
  }

  dispose(): void {
    void this.end();
  }

  #evaluatorOf(languageId: string): EvaluatorOptions | undefined {
    return this.#evaluators.find(({ languageIds }) => languageIds.includes(languageId));
  }

  /** The default session of a language in a workspace folder; the first folder shares one with files outside. */
  #default(evaluator: EvaluatorOptions, folder: SessionFolder | undefined): LanguageSession {
    const own = defaultOf(evaluator, folder, this.#options);
    return this.find(own.id) ?? this.#add(evaluator, own);
  }

  #addCreated(created: CreatedSession): LanguageSession | undefined {
    const evaluator = this.#evaluators.find((each) => each.evaluator === created.evaluator);
    if (!evaluator) return undefined; // of another version
    return this.#add(evaluator, asCreated(created, { ...this.#options, ...evaluator }));
  }

  #add(evaluator: EvaluatorOptions, own: OwnOptions): LanguageSession {
    const { book } = this.#options;
    const session = new LanguageSession({
      ...this.#options,
      ...evaluator,
      ...own,
      title: book.nameOf(own.id) ?? own.title,
    });
    this.#sessions.set(own.id, session);
    session.onDidChangeStatus(() => {
      this.#sessionChanged.fire(session);
      this.#tell();
    });
    session.onDidSend((command) => this.#sent.fire(command));
    session.onDidSubmit((command) => this.#submitted.fire(command));
    return session;
  }

  #choose(session: LanguageSession): void {
    if (session === this.#current) return;
    this.#current = session;
    this.#options.book.show(session.id);
    this.#tell();
  }

  #tell(): void {
    const { status } = this;
    this.#options.transcript.setStatus(
      status,
      this.all.map((session) => session.status),
    );
    if (JSON.stringify(this.#told) === JSON.stringify(status)) return; // only another session has changed
    this.#told = status;
    this.#statusChanged.fire(status);
  }
}
