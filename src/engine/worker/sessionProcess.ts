import { within } from '../deadline.js';
import { Emitter, type ListenerErrorReport } from '../emitter.js';
import { CancelledError, ExtSessionError, SessionDeadError, SessionDetachedError } from '../errors.js';
import type { ExtResults } from '../extResults.js';
import { type ExitStatus, describeExit } from '../link/childProcess.js';
import type { Link, RequestsAhead } from '../link/link.js';
import type { Logger } from '../logger.js';
import type { LineReader } from '../output/lineReader.js';
import type { ExtSessionOptions, SessionState } from '../sessionOptions.js';
import type { SessionReference } from '../supervised/sessionReference.js';
import type { CommandQueue, FirstJobs } from './commandQueue.js';
import type { Introspection } from './introspection.js';
import type { Job } from './job.js';
import type { OutcomeCodes } from './outcomeCodes.js';
import { type Retirement, retire } from './retirement.js';
import type { StandardInput } from './standardInput.js';
import { startWorker } from './startWorker.js';
import type { WorkerClient } from './workerClient.js';

type DetachmentReason = SessionDetachedError['reason'];

const noProcess: ExitStatus = { exitCode: null, signal: null };
const EXIT_GRACE_MS = 3000;
const TERM_GRACE_MS = 1000;

export interface SessionProcessParts {
  /** How each process is started. */
  readonly options: ExtSessionOptions;
  readonly queue: CommandQueue;
  readonly input: StandardInput;
  readonly lines: LineReader;
  readonly codes: OutcomeCodes;
  readonly log: Logger;
  readonly report: ListenerErrorReport;
  /** What a new process runs before everything else. */
  readonly firstJobs: () => readonly Job[];
  /** Interrupts the running command and cancels the queued ones, before the process ends in order. */
  readonly interrupt: () => Promise<void>;
}

/** The process of a session: one after the other, or none. */
export class SessionProcess {
  readonly #parts: SessionProcessParts;
  readonly #stateChanged: Emitter<SessionState>;
  #state: SessionState = 'starting';
  #worker: WorkerClient | undefined;
  #link: Link | undefined;
  #startOutput: ExtResults | undefined;
  #exitStatus = new Promise<ExitStatus>(() => undefined);
  #death: ExitStatus | undefined;
  #ending: Promise<ExitStatus> | undefined;
  #launching: AbortController | undefined;
  #retirement: Retirement | undefined;
  #detachment: DetachmentReason | undefined;
  /** Ends the wait for the end of a process that goes on elsewhere. */
  #released: (() => void) | undefined;

  readonly onDidChangeState: Emitter<SessionState>['event'];

  constructor(parts: SessionProcessParts) {
    this.#parts = parts;
    this.#stateChanged = new Emitter(parts.report);
    this.onDidChangeState = this.#stateChanged.event;
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Why it goes on with another host or none, if it does. */
  get detachment(): DetachmentReason | undefined {
    return this.#detachment;
  }

  get pid(): number | undefined {
    return this.#state === 'dead' || this.#state === 'restarting' ? undefined : this.#link?.pid;
  }

  get exited(): Promise<ExitStatus> {
    return this.#exitStatus;
  }

  /** Of the last process. */
  get link(): Link | undefined {
    return this.#link;
  }

  get ahead(): RequestsAhead | undefined {
    return this.#link?.ahead;
  }

  get startOutput(): ExtResults | undefined {
    return this.#startOutput;
  }

  /** @throws the errors of `startWorker`, after which there is no process. */
  start(signal?: AbortSignal): Promise<void> {
    return this.#launch(this.#beginLaunch(), signal);
  }

  /** Goes on with a process that an earlier host has started. */
  adopt(worker: WorkerClient, first: FirstJobs): void {
    this.#worker = worker;
    this.#link = worker.link;
    this.#startOutput = worker.startOutput;
    this.#detachment = undefined;
    this.#death = undefined;
    this.#exitStatus = worker.exitStatus;
    void worker.exitStatus.then((status) => {
      if (this.#worker === worker) this.#die(status);
    });
    void worker.taken.then((error) => {
      if (this.#worker === worker) this.#letGo(error);
    });
    this.#parts.input.onDidWriteAhead = (line) => {
      if (this.#worker === worker) worker.link.ahead?.writeLines([line]);
    };
    this.#parts.queue.attach(worker, first);
  }

  /** Runs a job after the earlier ones; settles it immediately if there is no process. */
  submit(job: Job): void {
    if (this.#state === 'dead') {
      job.settle({ death: this.#death ?? noProcess });
      job.writer.close();
    } else {
      this.#parts.queue.submit(job);
    }
  }

  introspect<T>(ask: (about: Introspection) => Promise<T>): Promise<T> {
    if (this.#worker) return ask(this.#worker.introspection);
    const restarts = this.#state === 'restarting' && new CancelledError('The session is restarting.');
    return Promise.reject(restarts || new SessionDeadError(this.#death ? describeExit(this.#death) : 'no process'));
  }

  /** @throws the errors of `ExtSession.detach`. */
  async detach(): Promise<SessionReference> {
    const { ahead } = this;
    if (!ahead?.reference)
      throw new ExtSessionError('INVALID_OPTION', "Only a session that was started with 'keepAlive' can be detached.");
    if (!this.#worker) throw new SessionDeadError(describeExit(this.#death ?? noProcess));
    this.#letGo(new SessionDetachedError('detached'));
    await ahead.detach();
    return ahead.reference;
  }

  /** Replaces the current process, after it has ended in order, or at once if it is dead or with `force`. */
  async restart(force: boolean): Promise<void> {
    const worker = this.#worker;
    const { running } = this.#parts.queue;
    const mustDie = force || this.#state === 'dead';
    this.become('restarting');
    this.killReplaced();
    const launching = this.#beginLaunch();
    this.#worker = undefined;
    this.#parts.queue.detach();
    this.#ending = undefined;
    if (mustDie) worker?.dispose();
    else if (worker) {
      this.#retirement = retire(worker, running?.request.id);
      await this.#retirement.done;
    }
    await this.#launch(launching);
  }

  /** Does not wait any longer for a process that a restart replaces. */
  killReplaced(): void {
    this.#retirement?.hurry();
  }

  /** Ends the process in order; terminates, then kills one that does not end. */
  exit(code: number): Promise<ExitStatus> {
    this.#ending ??= this.#end(code);
    return this.#ending;
  }

  /** Lets the process end by itself, however long it takes. */
  async finish(code: number): Promise<ExitStatus> {
    const worker = this.#worker;
    if (this.#state === 'dead' || !worker) return this.exit(code);
    worker.exit(code, { drain: true });
    return worker.exitStatus;
  }

  become(state: SessionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#stateChanged.fire(state);
  }

  #beginLaunch(): AbortController {
    this.#launching?.abort();
    return (this.#launching = new AbortController());
  }

  async #launch(launching: AbortController, signal?: AbortSignal): Promise<void> {
    const { options, input, lines, codes, log, report, firstJobs } = this.#parts;
    try {
      launching.signal.throwIfAborted();
      lines.reopen();
      codes.reopen();
      const worker = await startWorker({
        ...options,
        signal: signal ? AbortSignal.any([signal, launching.signal]) : launching.signal,
        input,
        log,
        listenerErrors: report,
      });
      if (launching.signal.aborted) worker.dispose();
      launching.signal.throwIfAborted();
      worker.link.ahead?.writeLines(input.linesAhead);
      this.adopt(worker, { unsent: firstJobs() });
    } catch (error) {
      if (launching.signal.aborted) throw new CancelledError('The start was cancelled.');
      this.#abandon();
      this.#bury();
      throw error;
    }
  }

  /** The process goes on without this one. */
  #letGo(error: SessionDetachedError): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#detachment = error.reason;
    this.#launching?.abort();
    worker?.letGo(error);
    this.#released?.();
    this.#parts.queue.detach({ detached: error });
    this.become('dead');
    this.#parts.lines.end(error);
    this.#parts.codes.end();
  }

  async #end(code: number): Promise<ExitStatus> {
    const { queue, log, interrupt } = this.#parts;
    const worker = this.#worker;
    const link = this.#link;
    if (this.#state === 'dead' || !worker || !link) {
      void queue.cancelWaiting();
      const launching = this.#launching;
      launching?.abort();
      await this.#retirement?.done;
      if (this.#launching !== launching) return noProcess; // a restart came in between
      this.#abandon();
      this.#bury();
      return this.#death ?? noProcess;
    }
    await interrupt().catch((error: unknown) => {
      log.warn(String(error));
    });
    const released = new Promise<ExitStatus>((resolve) => {
      this.#released = () => {
        resolve(noProcess);
      };
    });
    const ended = Promise.race([worker.exitStatus, released]);
    worker.exit(code);
    if (!(await within(EXIT_GRACE_MS, ended))) link.terminate();
    if (!(await within(TERM_GRACE_MS, ended))) worker.dispose();
    const status = await ended;
    if (this.#worker === worker) this.#abandon(); // otherwise, a restart has replaced it
    return status;
  }

  /** The process has ended: the running command died, and queued commands never run. */
  #die(status: ExitStatus): void {
    this.#parts.log.info(`The process has ended: ${describeExit(status)}.`);
    this.#death = status;
    this.#bury();
  }

  /** There is no process any more: notifies everyone who waits for it. */
  #bury(): void {
    this.become('dead');
    this.#parts.queue.detach();
    this.#parts.lines.end(new SessionDeadError(describeExit(this.#death ?? noProcess)));
    this.#parts.codes.end();
  }

  /** Kills the current process, if any; its pending commands settle as cancelled. */
  #abandon(): void {
    const worker = this.#worker;
    this.#launching?.abort();
    this.#worker = undefined;
    this.#parts.queue.detach();
    worker?.dispose();
  }
}
