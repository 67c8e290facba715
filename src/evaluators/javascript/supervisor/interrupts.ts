import type { Disposable } from '../../../engine/disposable.js';
import type { ProcessGroup } from '../../../engine/link/processGroup.js';
import { readProgramNumber } from '../../../engine/link/programNumber.js';
import { spareSignal } from '../../../engine/link/interrupts/spareSignal.js';
import type { WorkerChannels } from './workerChannels.js';

export interface InterruptsOptions {
  readonly directory: string;
  readonly group: ProcessGroup;
  readonly channels: WorkerChannels;
}

/** Interrupts the running command: by a message to the worker, and by a signal to its group where that is needed. */
export class Interrupts {
  readonly #options: InterruptsOptions;
  #signalling: Disposable | undefined;
  /** Whether the worker may act on the message alone, in places where a signal would come unexpectedly. */
  areHandled = false;

  constructor(options: InterruptsOptions) {
    this.#options = options;
  }

  interrupt(id: number): void {
    const { directory, group, channels } = this.#options;
    channels.send('side', { t: 'interrupt', id });
    this.#signalling?.dispose();
    if (!this.areHandled) {
      group.signal('SIGINT');
      return;
    }
    this.#signalling = spareSignal({
      program: () => readProgramNumber(directory),
      send: () => {
        channels.send('side', { t: 'signal', id });
        group.signal('SIGINT');
      },
    });
  }

  /** The worker handles the message itself, or the command has ended. */
  answered(): void {
    this.#signalling?.dispose();
  }
}
