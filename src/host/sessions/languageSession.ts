import * as v from 'valibot';
import type { ExitStatus } from '../../engine/link/childProcess.js';
import type { Disposable } from '../../engine/disposable.js';
import { Emitter, reportListenerErrors } from '../../engine/emitter.js';
import { CancelledError } from '../../engine/errors.js';
import type { ExtResults } from '../../engine/extResults.js';
import type { ExtSession } from '../../engine/extSession.js';
import { canOutlive } from '../../engine/evaluator.js';
import type { AttachOptions, ExecuteOptions, ExtSessionOptions } from '../../engine/sessionOptions.js';
import type { SessionReference } from '../../engine/supervised/sessionReference.js';
import type { Logger } from '../../engine/logger.js';
import type { OnInput } from '../../engine/worker/standardInput.js';
import { filenameOf } from '../filename.js';
import type { Interpreter } from '../interpreters/interpreter.js';
import type { Startup } from '../interpreters/startup.js';
import { launchChange, type Launch, type LaunchChange } from './launch.js';
import { exitText } from '../errorText.js';
import { deathNotice, elsewhereNotice, goneNotice, missingStartupNotice, untrustedNotice } from '../messages.js';
import type { KeptSession, KeptSessions } from './keptSessions.js';
import type { FollowedOrigin } from './followedOrigin.js';
import { startFailureNotice } from './startFailure.js';
import { onceAnythingPrinted } from './startOutput.js';
import type { Notice } from '../notice.js';
import type { Command, SentCommand, Origin, SubmittedCommand } from './command.js';
import type { SessionStatus } from './sessionStatus.js';
import type { Transcript } from './transcript.js';

export interface LanguageSessionOptions {
  readonly transcript: Transcript;
  /** The language that the session runs. */
  readonly evaluator: string;
  readonly log: Logger;
  readonly title: string;
  readonly start: (options: ExtSessionOptions) => Promise<ExtSession>;
  readonly attach: (reference: SessionReference, options: AttachOptions) => Promise<ExtSession>;
  /** Where it is kept which sessions go on. */
  readonly kept: KeptSessions;
  /** How long a session goes on without a window, in milliseconds; 0 for not at all. */
  readonly keepAliveMs: () => number;
  /** Whether the transcript is saved, so that results are to be kept until they are in there. */
  readonly savesTranscript: () => boolean;
  readonly findInterpreter: (uri: string | undefined) => Promise<Interpreter>;
  readonly workingDirectory: (uri: string | undefined) => string;
  readonly reloadedModules: () => 'all' | readonly string[];
  readonly findStartup: (uri: string | undefined) => Promise<Startup>;
  /** The width of a line in the panel, in characters, if it is known. */
  readonly columns: () => number | undefined;
  readonly followOrigin: (origin: Origin) => FollowedOrigin;
  readonly ask: OnInput;
  readonly isTrusted: () => boolean;
  /** Shows a notice to the user, either in the transcript or elsewhere. */
  readonly report: (notice: Notice) => void;
  readonly warn: (notice: Notice) => void;
}

/** As it was noted for the next window. */
const commandSchema = v.object({
  source: v.string(),
  languageId: v.string(),
  origin: v.exactOptional(v.object({ uri: v.string(), firstLine: v.number(), lastLine: v.number() })),
});

/** A session that has started, what it was started with, and the file it was started from. */
interface Open {
  readonly session: ExtSession;
  readonly launch: Launch;
  readonly uri: string | undefined;
}

type State =
  | { readonly kind: 'none' }
  | { readonly kind: 'opening'; readonly as: 'starting' | 'restarting'; readonly opened: Promise<Open | undefined> }
  | ({ readonly kind: 'open'; readonly death?: ExitStatus } & Open);

/**
 * The window's session for a language: started when it is needed, recorded in the transcript, replaced after its death.
 */
export class LanguageSession implements Disposable {
  readonly #options: LanguageSessionOptions;

  readonly #statusChanged: Emitter<SessionStatus>;
  readonly #sent: Emitter<SentCommand>;
  readonly #submitted: Emitter<SubmittedCommand>;
  readonly #disposal = new AbortController();
  readonly #subscriptions = new Map<ExtSession, Disposable>();
  readonly #endings = new Set<Promise<void>>();
  #state: State = { kind: 'none' };
  #opening = new AbortController();
  #replaced: ExtSession | undefined;
  #asking = 0;
  readonly #sessionOf = new WeakMap<ExtResults, ExtSession>();

  readonly onDidChangeStatus: Emitter<SessionStatus>['event'];
  /** Fires immediately for each command, even if a session has to be started for it. */
  readonly onDidSend: Emitter<SentCommand>['event'];
  /** Fires when a command is handed to the session. */
  readonly onDidSubmit: Emitter<SubmittedCommand>['event'];

  constructor(options: LanguageSessionOptions) {
    this.#options = options;
    const report = reportListenerErrors(options.log);
    this.#statusChanged = new Emitter(report);
    this.#sent = new Emitter(report);
    this.#submitted = new Emitter(report);
    this.onDidChangeStatus = this.#statusChanged.event;
    this.onDidSend = this.#sent.event;
    this.onDidSubmit = this.#submitted.event;
    this.#become({ kind: 'none' });
  }

  get status(): SessionStatus {
    const { title, evaluator } = this.#options;
    if (this.#state.kind === 'none') return { title, evaluator, state: 'none' };
    if (this.#state.kind === 'opening') return { title, evaluator, state: this.#state.as };
    const { session, launch, death } = this.#state;
    const { environment } = launch.interpreter;
    const { name, version, executable } = session.info;
    const label = `${name} ${version.split('.', 2).join('.')}`;
    return {
      title,
      evaluator,
      interpreterLabel: environment === undefined ? label : `${label} · ${environment}`,
      interpreterPath: executable,
      state: session.state === 'busy' && this.#asking > 0 ? 'asking' : session.state,
      ...(death ? { death: exitText(death) } : {}),
    };
  }

  /**
   * Runs a command after the earlier ones, and starts a session if there is none. Undefined if that is not possible, in
   * which case the user has been told why.
   */
  execute(command: Command, options: Pick<ExecuteOptions, 'signal'> = {}): Promise<ExtResults | undefined> {
    const results = this.#submit(command, options);
    if (this.#options.isTrusted()) this.#sent.fire({ ...command, results });
    return results;
  }

  /**
   * The session, started if there is none. Undefined if that is not possible, in which case the user has been told why.
   */
  async session(): Promise<ExtSession | undefined> {
    return (await this.#ready(undefined))?.session;
  }

  /** The session, if it can currently be asked about its namespace, also while it runs code. */
  live(): ExtSession | undefined {
    if (this.#state.kind !== 'open') return undefined;
    const { session } = this.#state;
    const canAnswer = session.state === 'idle' || session.state === 'busy';
    return canAnswer ? session : undefined;
  }

  /** What a restart would change about how the running session was started. */
  async outdated(): Promise<LaunchChange | undefined> {
    const state = this.#state;
    if (state.kind !== 'open') return undefined;
    const now = await this.#findLaunch(state.uri);
    return this.#state === state ? launchChange(state.launch, now) : undefined;
  }

  /**
   * Starts a new process with an empty namespace, according to the current settings, or a first one if there is none.
   * The process that is replaced ends in order; a second restart does not wait for that.
   */
  async restart(): Promise<void> {
    if (this.#state.kind === 'opening') {
      this.#replaced?.killReplaced();
      await this.#state.opened;
    } else if (this.#state.kind === 'open') await this.#open('restarting', this.#state.uri, this.#state);
    else await this.#ready(undefined);
  }

  /** @throws ExtSessionError with code NOT_INTERRUPTIBLE if the command does not respond. */
  async interrupt(): Promise<void> {
    if (this.#state.kind === 'opening') this.#opening.abort();
    else if (this.#state.kind === 'open') await this.#state.session.interrupt();
  }

  /** Goes on with the session of the last window, if there is one. */
  async resume(): Promise<void> {
    const { evaluator, kept, isTrusted } = this.#options;
    if (this.#state.kind !== 'none' || !isTrusted()) return;
    const known = kept.read(evaluator);
    if (!known) return;
    const opened = this.#attach(known);
    this.#become({ kind: 'opening', as: 'starting', opened });
    await opened;
  }

  /** Passes on the results that need not come again, because the transcript with them is saved. */
  acknowledge(results: readonly ExtResults[]): void {
    for (const one of results) this.#sessionOf.get(one)?.acknowledge(one);
  }

  /** Ends the session in order; running code starts a new one. */
  async stop(): Promise<void> {
    const state = this.#state;
    if (state.kind !== 'open') {
      await this.interrupt();
      return;
    }
    this.#become({ kind: 'none' });
    this.#remember(undefined);
    this.#end(state.session);
    await Promise.all(this.#endings);
  }

  /**
   * Lets go of the session once the transcript is `saved`, if it is to go on, or ends it. VS Code disposes of this object
   * while that is under way.
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
    await Promise.all([...this.#endings, state.session.detach()]);
  }

  /** Ends the session in order, for good. Resolves when no process is left. */
  async end(): Promise<void> {
    this.#disposal.abort();
    this.#opening.abort();
    const state = this.#state;
    this.#become({ kind: 'none' });
    if (state.kind !== 'none') this.#remember(undefined);
    if (state.kind === 'open') this.#end(state.session);
    if (state.kind === 'opening') await state.opened; // which ends what has started
    await Promise.all(this.#endings);
  }

  dispose(): void {
    void this.end();
  }

  async #submit(command: Command, options: Pick<ExecuteOptions, 'signal'>): Promise<ExtResults | undefined> {
    const { evaluator, followOrigin, transcript } = this.#options;
    // Its lines may move while a session starts.
    const followed = command.origin && followOrigin(command.origin);
    const open = await this.#ready(command.origin?.uri).finally(() => followed?.dispose());
    if (!open) return undefined;
    const origin = followed?.origin;
    const place = origin ? { filename: filenameOf(origin.uri), firstLine: origin.firstLine + 1 } : {};
    const { source, languageId: language } = command;
    open.session.columns = this.#options.columns();
    const sent = { ...command, ...(origin ? { origin } : {}) };
    const results = open.session.execute(source, { ...place, language, ...options, note: sent });
    this.#hold(results, open.session);
    const submitted = { ...sent, evaluator, results };
    transcript.add(submitted);
    this.#submitted.fire(submitted);
    return results;
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

  async #attach({ reference, launch, uri }: KeptSession): Promise<Open | undefined> {
    const { evaluator, attach, kept, log, report } = this.#options;
    try {
      const session = await attach(reference, {
        onInput: (request) => this.#ask(request),
        logger: log,
        holdsResults: true,
      });
      const open = { session, launch, uri };
      if (this.#disposal.signal.aborted) {
        await session.detach();
        return undefined;
      }
      this.#options.transcript.markContinued();
      this.#become({ kind: 'open', ...open });
      this.#follow(open);
      session.resumed.forEach((results, index) => {
        this.#resumeCommand(results, session, session.resumedNotes[index]);
      });
      return open;
    } catch (error) {
      log.info(String(error));
      kept.remove(evaluator);
      this.#become({ kind: 'none' });
      report(goneNotice(error));
      return undefined;
    }
  }

  #resumeCommand(results: ExtResults, session: ExtSession, note: unknown): void {
    const { evaluator, transcript } = this.#options;
    const { success, output } = v.safeParse(commandSchema, note);
    const command = success ? output : { source: '', languageId: evaluator };
    this.#hold(results, session);
    this.#sent.fire({ ...command, results: Promise.resolve(results), isResumed: true });
    const submitted = { ...command, evaluator, results, isResumed: true };
    transcript.add(submitted);
    this.#submitted.fire(submitted);
  }

  async #ready(uri: string | undefined): Promise<Open | undefined> {
    if (this.#state.kind === 'opening') return this.#state.opened;
    if (this.#state.kind === 'open' && this.#state.session.state !== 'dead') return this.#state;
    return this.#open('starting', uri, this.#state.kind === 'open' ? this.#state : undefined);
  }

  /** All callers that wait for the session share one promise, so that commands keep their order. */
  #open(as: 'starting' | 'restarting', uri: string | undefined, previous: Open | undefined): Promise<Open | undefined> {
    if (!this.#options.isTrusted()) {
      this.#options.warn(untrustedNotice());
      return Promise.resolve(undefined);
    }
    this.#opening = new AbortController();
    const opened = this.#opened(as, uri, previous);
    this.#become({ kind: 'opening', as, opened });
    return opened;
  }

  async #opened(
    as: 'starting' | 'restarting',
    uri: string | undefined,
    previous: Open | undefined,
  ): Promise<Open | undefined> {
    const { evaluator, transcript } = this.#options;
    const open = await this.#replace(uri, previous, this.#opening.signal);
    if (this.#disposal.signal.aborted) {
      if (open) this.#end(open.session);
      return undefined;
    }
    if (open && previous) transcript.divide(as === 'restarting' ? 'restarted' : 'started', evaluator);
    this.#become(open ? { kind: 'open', ...open } : { kind: 'none' });
    if (open) this.#follow(open);
    this.#remember(open);
    return open;
  }

  /** The next window finds the session, if it goes on without this one. */
  #remember(open: Open | undefined): void {
    const { evaluator, kept } = this.#options;
    const reference = open?.session.reference;
    if (open && reference) kept.write(evaluator, { reference, launch: open.launch, uri: open.uri });
    else kept.remove(evaluator);
  }

  /** Starts a session to replace the previous one, and tells the user if that fails. */
  async #replace(uri: string | undefined, previous: Open | undefined, signal: AbortSignal): Promise<Open | undefined> {
    const { log, evaluator } = this.#options;
    try {
      const launch = await this.#findLaunch(uri);
      const restarted = previous && !launchChange(previous.launch, launch) ? previous.session : undefined;
      if (previous && !restarted) this.#end(previous.session);
      log.info(`Starting ${launch.interpreter.path ?? `${evaluator} from PATH`}.`);
      this.#replaced = restarted;
      await restarted?.restart();
      const session = restarted ?? (await this.#start(launch, signal));
      return { session, launch, uri };
    } catch (error) {
      if (previous) this.#end(previous.session);
      log.error(String(error));
      if (!(error instanceof CancelledError)) this.#options.report(startFailureNotice(error, evaluator));
      return undefined;
    }
  }

  async #findLaunch(uri: string | undefined): Promise<Launch> {
    const { findInterpreter, findStartup, workingDirectory, reloadedModules } = this.#options;
    const [interpreter, startup] = await Promise.all([findInterpreter(uri), findStartup(uri)]);
    return { interpreter, cwd: workingDirectory(uri), reload: reloadedModules(), startup };
  }

  #start({ interpreter, cwd, reload, startup }: Launch, signal: AbortSignal): Promise<ExtSession> {
    const { evaluator, log, start } = this.#options;
    const columns = this.#options.columns();
    return start({
      evaluator,
      ...(interpreter.path === undefined ? {} : { interpreter: interpreter.path }),
      cwd,
      env: interpreter.env,
      reload,
      ...(startup.command ? { startup: startup.command } : {}),
      ...(columns === undefined ? {} : { columns }),
      ...this.#keepAlive(),
      onInput: (request) => this.#ask(request),
      logger: log,
      signal,
    });
  }

  #keepAlive(): Pick<ExtSessionOptions, 'keepAlive' | 'keepAliveMs' | 'holdsResults'> {
    const { kept, evaluator } = this.#options;
    const keepAliveMs = this.#options.keepAliveMs();
    const isPossible = kept.isPossible && canOutlive(evaluator);
    return isPossible && keepAliveMs > 0 ? { keepAlive: true, keepAliveMs, holdsResults: true } : {};
  }

  /** Shows changes of a session's process from now on. */
  #follow({ session, launch: { startup } }: Open): void {
    const { evaluator, report, transcript } = this.#options;
    const results = session.startOutput;
    const source = startup.command?.source;
    if (startup.missing !== undefined) report(missingStartupNotice(startup.missing, evaluator));
    if (session.startup && source !== undefined) {
      transcript.addStart({ evaluator, source, results: session.startup });
    }
    this.#subscriptions.get(session)?.dispose();
    const states = session.onDidChangeState((state) => {
      this.#tell();
      if (state === 'dead' && session.isDetached) this.#lose(session);
    });
    const start = onceAnythingPrinted(results, () => {
      transcript.addStart({ evaluator, results });
    });
    this.#subscriptions.set(session, { dispose: () => [states, start].forEach((one) => one.dispose()) });
    void session.exited.then((status) => {
      if (this.#state.kind !== 'open' || this.#state.session !== session || session.state !== 'dead') return;
      this.#become({ ...this.#state, death: status });
      this.#options.kept.remove(evaluator);
      this.#options.report(deathNotice(status));
    });
  }

  /** Another window has attached to the session. */
  #lose(session: ExtSession): void {
    if (this.#state.kind !== 'open' || this.#state.session !== session) return;
    this.#subscriptions.get(session)?.dispose();
    this.#subscriptions.delete(session);
    this.#become({ kind: 'none' });
    this.#options.report(elsewhereNotice());
  }

  #end(session: ExtSession): void {
    this.#subscriptions.get(session)?.dispose();
    this.#subscriptions.delete(session);
    const ending = session
      .exit()
      .then(() => undefined)
      .catch((error: unknown) => this.#options.log.warn(String(error)))
      .finally(() => this.#endings.delete(ending));
    this.#endings.add(ending);
  }

  async #ask(request: Parameters<OnInput>[0]): Promise<string | undefined> {
    this.#asking++;
    this.#tell();
    try {
      return await this.#options.ask(request);
    } finally {
      this.#asking--;
      this.#tell();
    }
  }

  #become(state: State): void {
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    const { status } = this;
    this.#options.transcript.setStatus(status);
    this.#statusChanged.fire(status);
  }
}
