import type { SideMessage } from '../../../protocol/worker.js';
import type { Disposable } from '../../disposable.js';
import type { Logger } from '../../logger.js';
import { type ChildProcess, hasSignals } from '../childProcess.js';
import { sendCtrlC } from './ctrlC.js';
import { spareSignal } from './spareSignal.js';

export interface WorkerInterruptsOptions {
  readonly child: ChildProcess;
  /** Whether the worker does it by itself, when it is not too busy to read that it should. */
  readonly interruptsItself: boolean;
  /** The number of its program: see `spareSignal`. */
  readonly program: () => number | undefined;
  readonly tell: (message: SideMessage) => void;
  readonly log: Logger;
}

/** Interrupts what a worker on this machine runs: tells it, and sends the signal where that is not enough. */
export class WorkerInterrupts implements Disposable {
  readonly #options: WorkerInterruptsOptions;
  /** The command that may need the signal. */
  #due: number | undefined;
  #signalling: Disposable | undefined;
  #sendsCtrlC = false;

  constructor(options: WorkerInterruptsOptions) {
    this.#options = options;
  }

  interrupt(id: number): void {
    const { child, interruptsItself, program, tell } = this.#options;
    tell({ t: 'interrupt', id });
    this.settled();
    if (interruptsItself) {
      this.#due = id;
      this.#signalling = spareSignal({ program, send: () => this.#signal(id) });
    } else if (hasSignals) child.signalGroup('SIGINT');
  }

  /** The worker has heard of it, or the command has ended. */
  settled(): void {
    this.#due = undefined;
    this.#signalling?.dispose();
  }

  dispose(): void {
    this.settled();
  }

  #signal(id: number): void {
    if (hasSignals) {
      this.#options.tell({ t: 'signal', id });
      this.#options.child.signalGroup('SIGINT');
    } else void this.#raiseCtrlC(id);
  }

  async #raiseCtrlC(id: number): Promise<void> {
    const { child, log, tell } = this.#options;
    if (this.#sendsCtrlC || child.pid === undefined) return; // it takes longer than the time between two interrupts
    this.#sendsCtrlC = true;
    const isDue = (): boolean => {
      if (this.#due !== id) return false;
      tell({ t: 'signal', id });
      return true;
    };
    try {
      await sendCtrlC({ pid: child.pid, isDue });
    } catch (error) {
      log.error(`The command could not be interrupted: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.#sendsCtrlC = false;
    }
  }
}
