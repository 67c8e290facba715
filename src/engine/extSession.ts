import type { DataRequest } from '../protocol/data.js';
import type { EvaluatorInfo, Pause } from '../protocol/output.js';
import type { Disposable } from './disposable.js';
import { ExtSessionError, type SessionDetachedError } from './errors.js';
import type { ExtResults } from './extResults.js';
import type { ExitStatus } from './link/childProcess.js';
import type { OutputLine } from './output/lineReader.js';
import type {
  AttachOptions,
  ExecuteOptions,
  ExtSessionOptions,
  RestartOptions,
  SessionState,
} from './sessionOptions.js';
import { SessionQuestions } from './sessionQuestions.js';
import { checkedReference, type SessionReference } from './supervised/sessionReference.js';
import { type Value, decodeValue } from './values.js';
import type { CompletionCode } from './worker/outcomeCodes.js';
import { SessionParts } from './worker/sessionParts.js';

/**
 * A session in another process: a namespace in which commands run one after the other, each with its own results.
 * Whoever starts it owns it and ends it with `exit()` or `await using`.
 */
export class ExtSession extends SessionQuestions implements AsyncDisposable {
  readonly #parts: SessionParts;

  private constructor(parts: SessionParts) {
    super((question) => parts.process.introspect(question));
    this.#parts = parts;
  }

  /**
   * Starts an evaluator, and resolves when it is ready for commands.
   * @throws EvaluatorNotFoundError, EvaluatorStartError with what the evaluator printed, CancelledError.
   */
  static async start(options: ExtSessionOptions = {}): Promise<ExtSession> {
    const parts = new SessionParts(options);
    await parts.process.start(options.signal);
    return new ExtSession(parts);
  }

  /**
   * Goes on with a session that another process, or this one, has let go of. A host that is still attached loses it.
   * `resumed` are the commands that came in between.
   * @throws SessionGoneError if it has ended, or does not accept the reference; CancelledError.
   */
  static async attach(reference: SessionReference, options: AttachOptions = {}): Promise<ExtSession> {
    return new ExtSession(await SessionParts.attach(checkedReference(reference), options));
  }

  /** What `attach` needs to go on with this session; it changes with a restart. Undefined without `keepAlive`. */
  get reference(): SessionReference | undefined {
    return this.#parts.process.ahead?.reference;
  }

  /**
   * After `attach`, in order: the commands that were queued or running when the last host let go, and those whose
   * outcome it had not acknowledged. Their results are complete from the first byte.
   */
  get resumed(): readonly ExtResults[] {
    return this.#parts.resumption?.results ?? [];
  }

  /** The notes of the earlier host about `resumed`, in the same order. */
  get resumedNotes(): readonly unknown[] {
    return this.#parts.resumption?.notes ?? [];
  }

  /** With `holdsResults`: these results, which are done, need not come again. No effect until they are done. */
  acknowledge(results: ExtResults): void {
    if (results.done) this.#parts.process.ahead?.over(results.id);
  }

  /** @internal After `attach`: whether the process ended while there was no host. */
  get hasEndedAlone(): boolean {
    return this.#parts.process.ahead?.hasEndedAlone ?? false;
  }

  /** @internal Why the process goes on with another host or none, if it does. */
  get detachment(): SessionDetachedError['reason'] | undefined {
    return this.#parts.process.detachment;
  }

  /**
   * After `attach`: what commands of an earlier host write after that host has acknowledged their end. They are done,
   * have the `id` of the command and the `executionCount` 0, and are empty if nothing comes.
   */
  get continued(): readonly ExtResults[] {
    return this.#parts.resumption?.continued ?? [];
  }

  /**
   * Lets go of the session, which goes on. This object is dead then; its pending promises reject with
   * SessionDetachedError.
   * @throws SessionDeadError if there is no process; ExtSessionError with code INVALID_OPTION without `keepAlive`.
   */
  detach(): Promise<SessionReference> {
    return this.#parts.process.detach();
  }

  /** The process id of the evaluator; undefined if it is not running. */
  get pid(): number | undefined {
    return this.#parts.process.pid;
  }

  /** The interpreter of the process; it can change with a restart. */
  get info(): EvaluatorInfo {
    const { link } = this.#parts.process;
    if (!link) throw new ExtSessionError('SESSION_DEAD', 'The session has not started.');
    return link.info;
  }

  /** The current state; `onDidChangeState` reports each change. */
  get state(): SessionState {
    return this.#parts.process.state;
  }

  /** Settles when the current process has ended, whether it was asked to or not. */
  get exited(): Promise<ExitStatus> {
    return this.#parts.process.exited;
  }

  /**
   * What was printed before the first command, as startup files and preloaded modules do, and what they print later.
   * It belongs to no command, and `readLine` does not return it. `restart` replaces it.
   */
  get startOutput(): ExtResults {
    const { startOutput } = this.#parts.process;
    if (!startOutput) throw new ExtSessionError('SESSION_DEAD', 'The session has not started.');
    return startOutput;
  }

  /**
   * The results of the startup command, which `restart` replaces; undefined without the option `startup`. Its
   * `executionCount` is 0, and `readLine` and `readCodes` do not return what comes of it.
   */
  get startup(): ExtResults | undefined {
    return this.#parts.requests.startup;
  }

  /**
   * The width of a line where output is shown, in characters, for commands that are submitted from now on; undefined if
   * it is unknown. Programs that ask for the size of their terminal are told this width, although there is none.
   * @throws RangeError if it is no positive integer.
   */
  get columns(): number | undefined {
    return this.#parts.requests.columns;
  }

  set columns(columns: number | undefined) {
    this.#parts.requests.columns = columns;
  }

  /** Called after each change of `state`. */
  onDidChangeState(listener: (state: SessionState) => void): Disposable {
    return this.#parts.process.onDidChangeState(listener);
  }

  /** Queues a command, and returns its results immediately. If the session has died, they settle as died. */
  execute(source: string, { signal, onInterrupt, ...place }: ExecuteOptions = {}): ExtResults {
    const job = { ...this.#parts.requests.command(source, place), ...(onInterrupt ? { onInterrupt } : {}) };
    if (signal?.aborted) job.settle('cancelled');
    else this.#parts.process.submit(job);
    if (signal) this.#parts.interrupts.abortWith(signal, job);
    return job.writer.results;
  }

  /**
   * The value of a variable, after the commands that are queued now.
   * @throws NameNotFoundError, EvaluationError if the value cannot be sent, CancelledError, SessionDeadError.
   */
  async get(name: string): Promise<Value> {
    return decodeValue(await this.#parts.get(name));
  }

  /**
   * The value of an expression in the session's namespace, after the commands that are queued now.
   * @throws EvaluationError with the expression's own error, CancelledError, SessionDeadError.
   */
  async evaluate(expression: string): Promise<Value> {
    return decodeValue(await this.evaluateEncoded(expression));
  }

  /** @internal The value as `decodeValue` reads it. */
  evaluateEncoded(expression: string): Promise<unknown> {
    return this.#parts.evaluate(expression);
  }

  /**
   * @internal A worker's answer to a data grid, unchecked, between commands, or of a Python command that has stopped in
   * the debugger. The signal takes the request back.
   */
  data(request: DataRequest, signal: AbortSignal): Promise<unknown> {
    return this.#parts.data(request, signal);
  }

  /**
   * Stops the running command where it is, in the debugger that its `debugger` option names; `later`, if it is in
   * JavaScript and awaits something. It is `impossible` without that option, and while code in C runs for seconds.
   * Behaves like `variables`.
   */
  pause(): Promise<Pause> {
    return this.#parts.process.introspect((about) => about.pause());
  }

  /**
   * Interrupts the running command, which ends as interrupted (in Python with KeyboardInterrupt, unless it catches
   * that), and cancels the queued ones. Resolves when the command has ended, or immediately if none runs.
   * @throws NotInterruptibleError if it does not respond within two seconds; `restart` ends it.
   */
  interrupt(): Promise<void> {
    return this.#parts.interrupts.interrupt();
  }

  /**
   * Starts a new process with an empty namespace, in place of the current or dead one. Pending commands settle as
   * cancelled. The current process ends in order first, as with `exit`, within two seconds; it is killed after that, or
   * at once with `force` or by another `restart`.
   * @throws the errors of `start`, after which the session is dead; CancelledError if another `restart` or `exit` is
   * called in the meantime.
   */
  async restart({ force = false }: RestartOptions = {}): Promise<void> {
    this.#parts.requests.restart();
    await this.#parts.process.restart(force);
  }

  /** @internal Does not wait any longer for a process that a restart replaces. */
  killReplaced(): void {
    this.#parts.process.killReplaced();
  }

  /**
   * Ends the process in order: a running command is interrupted, exit handlers run, and their output goes to the last
   * command. A process that does not end is terminated, then killed. Resolves with how it ended.
   */
  exit(code = 0): Promise<ExitStatus> {
    return this.#parts.process.exit(code);
  }

  /**
   * @internal Lets the process end by itself, as a script does, however long it takes; `exit` does not wait so long.
   */
  finish(code: number): Promise<ExitStatus> {
    return this.#parts.process.finish(code);
  }

  /** Adds a line to the session's standard input, where it waits until it is read. */
  writeLine(line: string): void {
    this.#parts.input.writeLine(line);
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
    return this.#parts.lines.read();
  }

  /**
   * How commands end, in the order in which they end: first the unread ones, then as they arrive, until the process
   * ends. Simultaneous iterations each get all codes that arrive while they run.
   */
  readCodes(): AsyncIterable<CompletionCode> {
    return this.#parts.codes.read();
  }

  /** `exit()`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.exit();
  }
}
