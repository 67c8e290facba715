import type { Completions, EvaluatorInfo, MimeBundle, Variable } from '../protocol/output.js';
import type { Request } from '../protocol/worker.js';
import { type ExitStatus, describeExit } from './link/childProcess.js';
import type { Link } from './link/link.js';
import { CommandQueue, type FirstJobs } from './worker/commandQueue.js';
import { type CompletionCode, OutcomeCodes } from './worker/outcomeCodes.js';
import { within } from './deadline.js';
import type { Disposable } from './disposable.js';
import { Emitter, type ListenerErrorReport, reportListenerErrors } from './emitter.js';
import { CancelledError, ExtSessionError, SessionDeadError, SessionDetachedError } from './errors.js';
import type { ExtResults } from './extResults.js';
import { interruptJob } from './worker/interruption.js';
import type { Introspection } from './worker/introspection.js';
import type { Job } from './worker/job.js';
import { LineReader, type OutputLine } from './output/lineReader.js';
import { type Logger, silentLogger } from './logger.js';
import type {
  AttachOptions,
  ExecuteOptions,
  ExtSessionOptions,
  RestartOptions,
  SessionState,
} from './sessionOptions.js';
import { checkedReference, type SessionReference } from './supervised/sessionReference.js';
import { attach } from './worker/attach.js';
import { Resumption } from './worker/resumption.js';
import { SessionJobs } from './worker/sessionJobs.js';
import { StandardInput } from './worker/standardInput.js';
import { type Value, decodeValue } from './values.js';
import { type Retirement, retire } from './worker/retirement.js';
import { startWorker } from './worker/startWorker.js';
import { WorkerClient } from './worker/workerClient.js';

const noProcess: ExitStatus = { exitCode: null, signal: null };
const EXIT_GRACE_MS = 3000;
const TERM_GRACE_MS = 1000;

/**
 * A session in another process: a namespace in which commands run one after the other, each with its own results.
 * Whoever starts it owns it and ends it with `exit()` or `await using`.
 */
export class ExtSession implements AsyncDisposable {
  readonly #options: ExtSessionOptions;

  readonly #report: ListenerErrorReport;
  readonly #stateChanged: Emitter<SessionState>;
  readonly #queue = new CommandQueue();
  readonly #lines: LineReader;
  readonly #codes = new OutcomeCodes();
  readonly #jobs: SessionJobs;
  readonly #log: Logger;
  readonly #input: StandardInput;
  #currentState: SessionState = 'starting';
  #worker: WorkerClient | undefined;
  #link: Link | undefined;
  #startOutput: ExtResults | undefined;
  #startup: ExtResults | undefined;
  #columns: number | undefined;
  #exitStatus = new Promise<ExitStatus>(() => undefined);
  #death: ExitStatus | undefined;
  #lastId = 0;
  #executionCount = 0;
  #ending: Promise<ExitStatus> | undefined;
  #launching: AbortController | undefined;
  #retirement: Retirement | undefined;
  #resumption: Resumption | undefined;
  #isDetached = false;

  private constructor(options: ExtSessionOptions) {
    this.#options = options;
    this.columns = options.columns;
    this.#log = options.logger ?? silentLogger;
    this.#report = reportListenerErrors(options.logger);
    this.#stateChanged = new Emitter(this.#report);
    this.#lines = new LineReader({ keepsUnread: options.keepLines ?? true });
    this.#input = new StandardInput(options.onInput, this.#log);
    this.#jobs = new SessionJobs({
      ...options,
      lines: this.#lines,
      codes: this.#codes,
      report: this.#report,
      ahead: () => this.#link?.ahead,
    });
    this.#queue.onDidStart(({ request }) => {
      this.#log.trace(`Running command ${String(request.id)}.`);
      this.#setState('busy');
    });
    this.#queue.onDidDrain(() => {
      this.#setState('idle');
    });
  }

  /**
   * Starts an evaluator, and resolves when it is ready for commands.
   * @throws EvaluatorNotFoundError, EvaluatorStartError with what the evaluator printed, CancelledError.
   */
  static async start(options: ExtSessionOptions = {}): Promise<ExtSession> {
    const session = new ExtSession(options);
    await session.#launch(session.#beginLaunch(), options.signal);
    return session;
  }

  /**
   * Goes on with a session that another process, or this one, has let go of. A host that is still attached loses it.
   * `resumed` are the commands that came in between.
   * @throws SessionGoneError if it has ended, or does not accept the reference; CancelledError.
   */
  static async attach(reference: SessionReference, options: AttachOptions = {}): Promise<ExtSession> {
    const checked = checkedReference(reference);
    const { link, start, started } = await attach(checked, options);
    const { evaluator = checked.language, ...others } = options;
    const session = new ExtSession({ ...started, ...others, evaluator, keepAlive: true });
    session.#resume(new WorkerClient({ link, input: session.#input, log: session.#log, start }));
    return session;
  }

  /** What `attach` needs to go on with this session; it changes with a restart. Undefined without `keepAlive`. */
  get reference(): SessionReference | undefined {
    return this.#link?.ahead?.reference;
  }

  /**
   * After `attach`, in order: the commands that were queued or running when the last host let go, and those whose outcome
   * it had not acknowledged. Their results are complete from the first byte.
   */
  get resumed(): readonly ExtResults[] {
    return this.#resumption?.results ?? [];
  }

  /** The notes of the earlier host about `resumed`, in the same order. */
  get resumedNotes(): readonly unknown[] {
    return this.#resumption?.notes ?? [];
  }

  /** With `holdsResults`: these results, which are done, need not come again. No effect until they are done. */
  acknowledge(results: ExtResults): void {
    if (results.done) this.#link?.ahead?.over(results.id);
  }

  /** @internal Whether the process goes on, but with another host or none. */
  get isDetached(): boolean {
    return this.#isDetached;
  }

  /** @internal After `attach`: what commands of an earlier host that have ended write from now on. */
  get continued(): readonly ExtResults[] {
    return this.#resumption?.continued ?? [];
  }

  /**
   * Lets go of the session, which goes on. This object is dead afterwards, and its pending promises reject with
   * SessionDetachedError.
   * @throws SessionDeadError if there is no process; ExtSessionError with code INVALID_OPTION without `keepAlive`.
   */
  async detach(): Promise<SessionReference> {
    const ahead = this.#link?.ahead;
    if (!ahead)
      throw new ExtSessionError('INVALID_OPTION', "Only a session that was started with 'keepAlive' can be detached.");
    if (!this.#worker) throw new SessionDeadError(describeExit(this.#death ?? noProcess));
    this.#letGo(new SessionDetachedError('detached'));
    await ahead.detach();
    return ahead.reference;
  }

  /** The process id of the evaluator; undefined if it is not running. */
  get pid(): number | undefined {
    return this.#currentState === 'dead' || this.#currentState === 'restarting' ? undefined : this.#link?.pid;
  }

  /** The interpreter of the process; it can change with a restart. */
  get info(): EvaluatorInfo {
    if (!this.#link) throw new ExtSessionError('SESSION_DEAD', 'The session has not started.');
    return this.#link.info;
  }

  /** The current state; `onDidChangeState` reports each change. */
  get state(): SessionState {
    return this.#currentState;
  }

  /** Settles when the current process has ended, whether it was asked to or not. */
  get exited(): Promise<ExitStatus> {
    return this.#exitStatus;
  }

  /**
   * What was printed before the first command, as start-up files and preloaded modules do, and what they print later.
   * It belongs to no command, and `readLine` does not return it. `restart` replaces it.
   */
  get startOutput(): ExtResults {
    if (!this.#startOutput) throw new ExtSessionError('SESSION_DEAD', 'The session has not started.');
    return this.#startOutput;
  }

  /**
   * The results of the start-up command; undefined without the option `startup`. It is not counted: its
   * `executionCount` is 0, and `readLine` and `readCodes` do not return what comes of it. `restart` replaces it.
   */
  get startup(): ExtResults | undefined {
    return this.#startup;
  }

  /**
   * The width of a line where output is shown, in characters, for commands that are submitted from now on; undefined if
   * it is unknown. Programs that ask for the size of their terminal are told this width, although there is none.
   * @throws RangeError if it is no positive integer.
   */
  get columns(): number | undefined {
    return this.#columns;
  }

  set columns(columns: number | undefined) {
    if (columns !== undefined && !(Number.isSafeInteger(columns) && columns > 0)) {
      throw new RangeError(`columns must be a positive integer, not ${String(columns)}.`);
    }
    this.#columns = columns;
  }

  /** Called after each change of `state`. */
  onDidChangeState(listener: (state: SessionState) => void): Disposable {
    return this.#stateChanged.event(listener);
  }

  /** Queues a command, and returns its results immediately. If the session has died, they settle as died. */
  execute(source: string, { filename, firstLine, language, signal, note }: ExecuteOptions = {}): ExtResults {
    const number = ++this.#executionCount;
    const request: Request = {
      t: 'execute',
      id: ++this.#lastId,
      source,
      filename: filename ?? `<command ${String(number)}>`,
      ...(firstLine === undefined ? {} : { firstLine }),
      ...(language === undefined ? {} : { language }),
      ...this.#width,
    };
    const job = this.#jobs.command(request, number, note);
    if (signal?.aborted) job.settle('cancelled');
    else this.#submit(job);
    if (signal) this.#abortWith(signal, job);
    return job.writer.results;
  }

  /**
   * The value of a variable, after the commands that are queued now.
   * @throws NameNotFoundError, EvaluationError if the value cannot be sent, CancelledError, SessionDeadError.
   */
  async get(name: string): Promise<Value> {
    return decodeValue(await this.#ask({ t: 'get', id: ++this.#lastId, name }, name));
  }

  /**
   * The value of an expression in the session's namespace, after the commands that are queued now.
   * @throws EvaluationError with the expression's own error, CancelledError, SessionDeadError.
   */
  async evaluate(expression: string): Promise<Value> {
    return decodeValue(await this.evaluateEncoded(expression));
  }

  /** @internal The encoded value; `decodeValue` decodes it. */
  evaluateEncoded(expression: string): Promise<unknown> {
    return this.#ask({ t: 'evaluate', id: ++this.#lastId, source: expression, ...this.#width }, expression);
  }

  /**
   * The variables of the namespace, without running code of the user. Answers immediately: in Python also while a
   * command runs, in JavaScript while a command waits.
   * @throws SessionDeadError, CancelledError if the session ends or restarts in the meantime, ExtSessionError with code
   * TIMEOUT without an answer within three seconds: native code can block Python, and any loop blocks JavaScript.
   */
  variables(): Promise<Variable[]> {
    return this.#introspect((about) => about.variables());
  }

  /** The completions at `offset` of `code`, in UTF-16 code units; empty if there are none. Behaves like `variables`. */
  complete(code: string, offset: number): Promise<Completions> {
    return this.#introspect((about) => about.complete(code, offset));
  }

  /**
   * The documentation of what is at `offset` of `code`, or of the call around it; undefined if it is unknown. Behaves
   * like `variables`.
   */
  inspect(code: string, offset: number): Promise<MimeBundle | undefined> {
    return this.#introspect((about) => about.inspect(code, offset));
  }

  /**
   * Interrupts the running command, which ends as interrupted (in Python with KeyboardInterrupt, unless it catches
   * that), and cancels the queued ones. Resolves when the command has ended, or immediately if none runs.
   * @throws NotInterruptibleError if it does not respond within two seconds; `restart` ends it.
   */
  async interrupt(): Promise<void> {
    const cancelled = this.#queue.cancelWaiting();
    await this.#interruptRunning();
    if (await cancelled) await this.#interruptRunning();
  }

  /**
   * Starts a new process with an empty namespace, in place of the current or dead one. Pending commands settle as
   * cancelled. The current process ends in order first, as with `exit`, within two seconds; it is killed after that, or
   * at once with `force` or by another `restart`.
   * @throws the errors of `start`, after which the session is dead; CancelledError if another `restart` or `exit` is
   * called in the meantime.
   */
  async restart({ force = false }: RestartOptions = {}): Promise<void> {
    const worker = this.#worker;
    const { running } = this.#queue;
    const mustDie = force || this.#currentState === 'dead';
    this.#setState('restarting');
    this.killReplaced();
    const launching = this.#beginLaunch();
    this.#worker = undefined;
    this.#queue.detach();
    this.#executionCount = 0;
    this.#ending = undefined;
    if (mustDie) worker?.dispose();
    else if (worker) {
      this.#retirement = retire(worker, running?.request.id);
      await this.#retirement.done;
    }
    await this.#launch(launching);
  }

  /** @internal Does not wait any longer for a process that a restart replaces. */
  killReplaced(): void {
    this.#retirement?.hurry();
  }

  /**
   * Ends the process in order: a running command is interrupted, exit handlers run, and their output goes to the last
   * command. A process that does not end is terminated, then killed. Resolves with how it ended.
   */
  exit(code = 0): Promise<ExitStatus> {
    this.#ending ??= this.#end(code);
    return this.#ending;
  }

  /**
   * @internal Lets the process end by itself, as a script does, however long it takes; `exit` does not wait for that.
   */
  async finish(code: number): Promise<ExitStatus> {
    const worker = this.#worker;
    if (this.#currentState === 'dead' || !worker) return this.exit(code);
    worker.exit(code, { drain: true });
    return worker.exitStatus;
  }

  /** Adds a line to the session's standard input, where it waits until it is read. */
  writeLine(line: string): void {
    this.#input.writeLine(line);
  }

  /**
   * The next whole line, without its line ending, that any command wrote, including evaluations and late output. Each
   * line is returned once, and unread ones are kept. A last line without an ending counts when the streams of its
   * command are closed, or the process ends. At most 16 MiB of unread lines are kept, independently of `ExtResults`;
   * with `keepLines: false`, none from before the first call.
   * @throws SessionDeadError if the process has ended and no line is left; ExtSessionError with code OUTPUT_TOO_LARGE,
   * once, if the oldest lines were dropped.
   */
  readLine(): Promise<OutputLine> {
    return this.#lines.read();
  }

  /**
   * How commands end, in the order in which they end: first the unread ones, then as they arrive, until the process
   * ends. Simultaneous iterations each get all codes that arrive while they run.
   */
  readCodes(): AsyncIterable<CompletionCode> {
    return this.#codes.read();
  }

  /** `exit()`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.exit();
  }

  #beginLaunch(): AbortController {
    this.#launching?.abort();
    return (this.#launching = new AbortController());
  }

  async #launch(launching: AbortController, signal?: AbortSignal): Promise<void> {
    try {
      launching.signal.throwIfAborted();
      this.#lines.reopen();
      this.#codes.reopen();
      const worker = await startWorker({
        ...this.#options,
        signal: signal ? AbortSignal.any([signal, launching.signal]) : launching.signal,
        input: this.#input,
        log: this.#log,
        listenerErrors: this.#report,
      });
      if (launching.signal.aborted) worker.dispose();
      launching.signal.throwIfAborted();
      this.#adopt(worker, { unsent: this.#startupJobs() });
    } catch (error) {
      if (launching.signal.aborted) throw new CancelledError('The start was cancelled.');
      this.#abandonWorker();
      this.#bury();
      throw error;
    }
  }

  #adopt(worker: WorkerClient, first: FirstJobs): void {
    this.#worker = worker;
    this.#link = worker.link;
    this.#startOutput = worker.startOutput;
    this.#isDetached = false;
    this.#death = undefined;
    this.#exitStatus = worker.exitStatus;
    void worker.exitStatus.then((status) => {
      if (this.#worker === worker) this.#die(status);
    });
    void worker.taken.then((error) => {
      if (this.#worker === worker) this.#letGo(error);
    });
    this.#queue.attach(worker, first);
  }

  get #width(): { readonly columns?: number } {
    return this.#columns === undefined ? {} : { columns: this.#columns };
  }

  #startupJobs(): Job[] {
    const { startup } = this.#options;
    if (startup === undefined) return [];
    const { source, filename = '<startup>' } = typeof startup === 'string' ? { source: startup } : startup;
    const job = this.#jobs.startup({ t: 'execute', id: ++this.#lastId, source, filename, ...this.#width });
    this.#startup = job.writer.results;
    return [job];
  }

  /** The process goes on without this object. */
  #letGo(error: Error): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#isDetached = true;
    this.#launching?.abort();
    worker?.letGo(error);
    this.#queue.detach({ detached: error });
    this.#setState('dead');
    this.#lines.end(error);
    this.#codes.end();
  }

  #resume(worker: WorkerClient): void {
    const { attachment } = worker.link.ahead ?? {};
    if (!attachment) return;
    this.#lastId = attachment.lastId;
    this.#executionCount = attachment.lastCount;
    const resumption = new Resumption({
      attachment,
      newWriter: (id, count) => this.#jobs.newWriter(id, count),
      repliedAt: this.#jobs.repliedAt,
    });
    this.#resumption = resumption;
    this.#adopt(worker, { sent: resumption.jobs.map((job) => this.#jobs.acknowledging(job)) });
    worker.restore(attachment.state, (id) => resumption.continuationOf(id));
    worker.open();
  }

  #submit(job: Job): void {
    if (this.#currentState === 'dead') {
      job.settle({ death: this.#death ?? noProcess });
      job.writer.close();
    } else {
      this.#queue.submit(job);
    }
  }

  #ask(request: Request, asked: string): Promise<unknown> {
    return this.#jobs.value(request, asked, (job) => {
      this.#submit(job);
    });
  }

  #introspect<T>(ask: (about: Introspection) => Promise<T>): Promise<T> {
    if (this.#worker) return ask(this.#worker.introspection);
    const restarts = this.state === 'restarting' && new CancelledError('The session is restarting.');
    return Promise.reject(restarts || new SessionDeadError(this.#death ? describeExit(this.#death) : 'no process'));
  }

  #abortWith(signal: AbortSignal, job: Job): void {
    const abort = (): void => {
      this.#abort(job);
    };
    signal.addEventListener('abort', abort, { once: true });
    const stop = (): void => {
      signal.removeEventListener('abort', abort);
    };
    job.writer.settled.then(stop, stop); // it rejects if the session goes on elsewhere
  }

  #abort(job: Job): void {
    const interrupt = (): void => {
      if (this.#queue.running !== job) return;
      this.#interruptRunning().catch((error: unknown) => {
        this.#log.warn(String(error));
      });
    };
    if (this.#queue.running === job) interrupt();
    else void this.#queue.cancel(job).then(interrupt);
  }

  async #interruptRunning(): Promise<void> {
    const link = this.#link;
    const { running } = this.#queue;
    if (!running || !link || this.#currentState === 'dead') return;
    this.#setState('interrupting');
    try {
      await interruptJob(running, this.#queue, {
        interrupt: (id) => {
          link.interrupt(id);
        },
        stack: () => this.#introspect((introspection) => introspection.stack()),
      });
    } finally {
      if (this.#queue.running === running && this.state === 'interrupting') this.#setState('busy');
    }
  }

  async #end(code: number): Promise<ExitStatus> {
    const worker = this.#worker;
    const link = this.#link;
    if (this.#currentState === 'dead' || !worker || !link) {
      void this.#queue.cancelWaiting();
      const launching = this.#launching;
      launching?.abort();
      await this.#retirement?.done;
      if (this.#launching !== launching) return noProcess; // a restart came in between
      this.#abandonWorker();
      this.#bury();
      return this.#death ?? noProcess;
    }
    await this.interrupt().catch((error: unknown) => {
      this.#log.warn(String(error));
    });
    worker.exit(code);
    if (!(await within(EXIT_GRACE_MS, worker.exitStatus))) link.terminate();
    if (!(await within(TERM_GRACE_MS, worker.exitStatus))) worker.dispose();
    const status = await worker.exitStatus;
    if (this.#worker === worker) this.#abandonWorker(); // otherwise, a restart has replaced it
    return status;
  }

  /** The process has ended: the running command died, and queued commands never run. */
  #die(status: ExitStatus): void {
    this.#log.info(`The process has ended: ${describeExit(status)}.`);
    this.#death = status;
    this.#bury();
  }

  /** There is no process any more: notifies everyone who waits for it. */
  #bury(): void {
    this.#setState('dead');
    this.#queue.detach();
    this.#lines.end(new SessionDeadError(describeExit(this.#death ?? noProcess)));
    this.#codes.end();
  }

  /** Kills the current process, if any; its pending commands settle as cancelled. */
  #abandonWorker(): void {
    const worker = this.#worker;
    this.#launching?.abort();
    this.#worker = undefined;
    this.#queue.detach();
    worker?.dispose();
  }

  #setState(state: SessionState): void {
    if (state === this.#currentState) return;
    this.#currentState = state;
    this.#stateChanged.fire(state);
  }
}
