import type { Disposable } from '../../engine/disposable.js';
import { Emitter, reportListenerErrors } from '../../engine/emitter.js';
import type { ExtResults } from '../../engine/extResults.js';
import type { ExtSession } from '../../engine/extSession.js';
import { deathNotice, elsewhereNotice, endedAloneNotice, untrustedNotice } from '../messages.js';
import type { Command, ShownText } from './command.js';
import { FollowedProcesses } from './followedProcesses.js';
import type { KeptSession } from './kept/keptSessions.js';
import type { LanguageSessionOptions } from './languageSessionOptions.js';
import { launchChange, type LaunchChange } from './launch/launch.js';
import { liveOf, processOf, statusOf, type LanguageSessionState, type OpenSession } from './openSession.js';
import { Questions } from './questions.js';
import { SessionStarts } from './sessionStarts.js';
import type { OpeningKind, SessionStatus } from './sessionStatus.js';
import { type SubmissionOptions, Submissions } from './submissions.js';
import { Succession } from './succession.js';

/** A session of the window: started when it is needed, recorded in the transcript, replaced after its death. */
export class LanguageSession implements Disposable {
  readonly #options: LanguageSessionOptions;
  readonly #statusChanged: Emitter<SessionStatus>;
  readonly #disposal = new AbortController();
  readonly #submissions: Submissions;
  readonly #processes: FollowedProcesses;
  readonly #starts: SessionStarts;
  readonly #succession: Succession;
  readonly #questions: Questions;
  #state: LanguageSessionState = { kind: 'none' };
  #opening = new AbortController();
  #title: string;

  readonly onDidChangeStatus: Emitter<SessionStatus>['event'];
  readonly onDidSend: Submissions['onDidSend'];
  readonly onDidSubmit: Submissions['onDidSubmit'];

  constructor(options: LanguageSessionOptions) {
    this.#options = options;
    this.#title = options.title;
    this.#questions = new Questions(options.ask, () => {
      this.#tell();
    });
    this.#submissions = new Submissions(options);
    this.#succession = new Succession(options);
    this.#processes = new FollowedProcesses(options);
    this.#starts = new SessionStarts({
      options,
      onInput: this.#questions.ask,
      end: (session) => {
        this.#processes.end(session);
      },
    });
    this.#statusChanged = new Emitter(reportListenerErrors(options.log));
    this.onDidChangeStatus = this.#statusChanged.event;
    this.onDidSend = this.#submissions.onDidSend;
    this.onDidSubmit = this.#submissions.onDidSubmit;
  }

  get id(): string {
    return this.#options.id;
  }

  get evaluator(): string {
    return this.#options.evaluator;
  }

  get status(): SessionStatus {
    const shown = statusOf(this.#state, { isAsking: this.#questions.areOpen, isPaused: this.#submissions.isPaused });
    return { title: this.#title, evaluator: this.evaluator, session: this.id, ...shown };
  }

  /** How the session is seen from outside; undefined if it has no process. */
  get process(): ReturnType<typeof processOf> {
    return processOf(this.#state, this.#submissions.running);
  }

  rename(title: string): void {
    this.#title = title;
    if (this.#state.kind === 'open' && this.#state.session.state !== 'dead') this.#remember(this.#state);
    this.#tell();
  }

  /**
   * Runs a command after the earlier ones, and starts a session if there is none. Undefined if that is not possible, in
   * which case the user has been told why.
   */
  execute(command: Command, options: SubmissionOptions = {}): Promise<ExtResults | undefined> {
    return this.#submissions.submit(command, options, () => this.#ready(command.origin?.uri));
  }

  /** Shows text in the transcript, after the commands that have been sent. No session is started for it. */
  async show(text: ShownText): Promise<undefined> {
    const { kind } = this.#state;
    if (!this.#options.isTrusted()) this.#options.warn(untrustedNotice());
    else
      await this.#submissions.show(
        text,
        kind === 'none' || this.status.state === 'dead' ? undefined : this.#ready(undefined),
      );
    return undefined;
  }

  /**
   * The session, started if there is none. Undefined if that is not possible, in which case the user has been told why.
   */
  async session(): Promise<ExtSession | undefined> {
    return (await this.#ready(undefined))?.session;
  }

  /** The session, if it can currently be asked about its namespace, also while it runs code. */
  live(): ExtSession | undefined {
    return liveOf(this.#state);
  }

  /** The same, once the window has connected to what the last one has left. */
  async connected(): Promise<ExtSession | undefined> {
    if (this.status.state === 'connecting' && this.#state.kind === 'opening') await this.#state.opened;
    return this.live();
  }

  /** What a restart would change about how the running session was started. */
  async outdated(): Promise<LaunchChange | undefined> {
    const state = this.#state;
    if (state.kind !== 'open') return undefined;
    const now = await this.#starts.findLaunch(state.uri);
    return this.#state === state ? launchChange(state.launch, now) : undefined;
  }

  /**
   * Starts a new process with an empty namespace, according to the current settings, or a first one if there is none.
   * The process that is replaced ends in order; a second restart does not wait for that.
   */
  async restart(): Promise<void> {
    if (this.#state.kind === 'opening') {
      this.#starts.killReplaced();
      await this.#state.opened;
    } else if (this.#state.kind === 'open') await this.#open('restarting', this.#state.uri, this.#state);
    else await this.#ready(undefined);
  }

  /** @throws ExtSessionError with code NOT_INTERRUPTIBLE if the command does not respond. */
  async interrupt(): Promise<void> {
    if (this.#state.kind === 'opening') {
      this.#opening.abort();
      this.#succession.stop();
    } else if (this.#state.kind === 'open') await this.#state.session.interrupt();
  }

  /** Goes on with the session of the last window, if there is one, or with one that another window has left. */
  async resume(left?: KeptSession): Promise<void> {
    if (this.#state.kind !== 'none' || !this.#options.isTrusted()) return;
    const known = this.#succession.find(left);
    if (!known) return;
    const opened = this.#attach(known);
    this.#become({ kind: 'opening', as: this.#succession.kind, opened });
    await opened;
  }

  /** A command has stopped in the debugger, or goes on. */
  pause(results: ExtResults, isPaused: boolean): void {
    if (this.#submissions.pause(results, isPaused)) this.#tell();
  }

  /** Passes on the results that need not come again, because the transcript with them is saved. */
  acknowledge(results: readonly ExtResults[]): void {
    this.#submissions.acknowledge(results);
  }

  /** Ends the session in order; running code starts a new one. */
  async stop(): Promise<void> {
    const state = this.#state;
    this.#succession.giveUp();
    if (state.kind !== 'open') return this.interrupt();
    this.#become({ kind: 'none' });
    this.#processes.end(state.session, this.#succession.end(state, this.#title));
    await this.#processes.ended();
  }

  /**
   * Lets go of the session once the transcript is `saved`, if it is to go on, or ends it. VS Code disposes of this
   * object while that is under way.
   */
  async leave(saved: Promise<void>): Promise<void> {
    const state = this.#state;
    if (state.kind !== 'open' || !state.session.reference || state.session.state === 'dead') {
      await this.end();
      return;
    }
    this.#disposal.abort();
    this.#become({ kind: 'none' });
    await saved;
    await Promise.all([this.#processes.ended(), state.session.detach()]);
  }

  /** Ends the session in order, for good. Resolves when no process is left. */
  async end(): Promise<void> {
    this.#disposal.abort();
    this.#opening.abort();
    const state = this.#state;
    this.#become({ kind: 'none' });
    if (state.kind === 'open') this.#processes.end(state.session, this.#succession.end(state, this.#title));
    else if (state.kind !== 'none') this.#succession.forget();
    if (state.kind === 'opening') await state.opened; // which ends what has started
    await this.#processes.ended();
  }

  dispose(): void {
    void this.end();
  }

  async #attach(known: KeptSession): Promise<OpenSession | undefined> {
    let letAsk: () => void = () => undefined;
    const mayAsk = new Promise<void>((resolve) => (letAsk = resolve)); // below its command, once that is shown
    const open = await this.#succession.attach(known, (request) => mayAsk.then(() => this.#questions.ask(request)));
    if (open && this.#disposal.signal.aborted) {
      await open.session.detach();
      return undefined;
    }
    this.#become(open ? { kind: 'open', ...open } : { kind: 'none' });
    if (!open) return undefined;
    this.#options.transcript.markContinued(this.id);
    this.#remember(open);
    this.#follow(open);
    this.#submissions.resume(open.session);
    letAsk();
    return open;
  }

  async #ready(uri: string | undefined): Promise<OpenSession | undefined> {
    if (this.#state.kind === 'opening') return this.#state.opened;
    if (this.#state.kind === 'open' && this.#state.session.state !== 'dead') return this.#state;
    return this.#open('starting', uri, this.#state.kind === 'open' ? this.#state : undefined);
  }

  /** All callers that wait for the session share one promise, so that commands keep their order. */
  #open(as: OpeningKind, uri: string | undefined, previous: OpenSession | undefined): Promise<OpenSession | undefined> {
    if (!this.#options.isTrusted()) {
      this.#options.warn(untrustedNotice());
      return Promise.resolve(undefined);
    }
    this.#opening = new AbortController();
    const opened = this.#opened(as, uri, previous);
    this.#become({ kind: 'opening', as, opened });
    return opened;
  }

  async #opened(as: OpeningKind, uri?: string, previous?: OpenSession): Promise<OpenSession | undefined> {
    const { evaluator, id, transcript } = this.#options;
    const open = await this.#starts.replace(uri, previous, this.#opening.signal);
    if (this.#disposal.signal.aborted) {
      if (open) this.#processes.end(open.session);
      return undefined;
    }
    if (open && previous) transcript.divide(as === 'restarting' ? 'restarted' : 'started', evaluator, id);
    this.#become(open ? { kind: 'open', ...open } : { kind: 'none' });
    if (open) this.#follow(open);
    this.#remember(open);
    return open;
  }

  #remember(open: OpenSession | undefined): void {
    this.#succession.remember(open, this.#title);
  }

  #follow(open: OpenSession): void {
    const { session } = open;
    this.#processes.follow(open, () => {
      this.#tell();
      if (session.state === 'dead' && session.detachment) this.#lose(session);
    });
    void session.exited.then((status) => {
      if (this.#state.kind !== 'open' || this.#state.session !== session || session.state !== 'dead') return;
      this.#become({ ...this.#state, death: status });
      this.#succession.forget();
      const notice = session.hasEndedAlone ? endedAloneNotice(status) : deathNotice(status);
      this.#options.report({ ...notice, session: this.id });
    });
  }

  /** Another window has attached to the session; or the connection to its machine is lost, which is tried again. */
  #lose(session: ExtSession): void {
    if (this.#state.kind !== 'open' || this.#state.session !== session) return;
    this.#processes.release(session);
    this.#succession.release(session.detachment);
    this.#become({ kind: 'none' });
    this.#options.report({ ...elsewhereNotice(session.detachment), session: this.id });
    if (session.detachment === 'lost') void this.resume();
  }

  #become(state: LanguageSessionState): void {
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    this.#statusChanged.fire(this.status);
  }
}
