import type { SideMessage } from '../../../protocol/worker.js';
import type { Disposable } from '../../disposable.js';
import type { Logger } from '../../logger.js';
import { type ChildProcess, hasSignals } from '../childProcess.js';
import { CtrlC, sendCtrlC } from './ctrlC.js';
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
  #signalling: Disposable | undefined;
  readonly #ctrlC: CtrlC;

  constructor(options: WorkerInterruptsOptions) {
    this.#options = options;
    const { child, log, tell } = options;
    this.#ctrlC = new CtrlC({
      told: (id) => {
        tell({ t: 'signal', id });
      },
      failed: (error) => {
        log.error(`The command could not be interrupted: ${error instanceof Error ? error.message : String(error)}`);
      },
      raise: async (isDue) => {
        if (child.pid === undefined) throw new Error('The process has not started.');
        await sendCtrlC(child.pid, isDue);
      },
    });
  }

  interrupt(id: number): void {
    const { child, interruptsItself, program, tell } = this.#options;
    tell({ t: 'interrupt', id });
    this.settled();
    if (interruptsItself) this.#signalling = spareSignal({ program, send: () => this.#signal(id) });
    else if (hasSignals) child.signalGroup('SIGINT');
  }

  /** The worker has heard of it, or the command has ended. */
  settled(): void {
    this.#ctrlC.cancel();
    this.#signalling?.dispose();
  }

  dispose(): void {
    this.settled();
  }

  #signal(id: number): void {
    if (hasSignals) {
      this.#options.tell({ t: 'signal', id });
      this.#options.child.signalGroup('SIGINT');
    } else this.#ctrlC.want(id);
  }
}
