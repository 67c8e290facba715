import { after } from '../../deadline.js';
import type { Disposable } from '../../disposable.js';

/** How often the worker is looked at. */
const LOOK_EVERY_MS = 2;
/** How long a worker that does not tell what it runs may take to say that it interrupts itself. */
const UNTOLD_MS = 25;
/** After that the worker is in the middle of something else, such as a callback that waits for a child. */
const PATIENCE_MS = 250;

export interface SpareSignalOptions {
  /**
   * The number of the worker's program: odd while it runs, even after its end. Undefined when the worker does not tell.
   */
  readonly program: () => number | undefined;
  readonly send: () => void;
}

/**
 * Sends a signal to a worker that has been told to interrupt itself, unless it does so in time: dispose of it then. A
 * program that goes on needs the signal. One that is about to end does not, and in that moment the signal could end the
 * process.
 */
export function spareSignal({ program, send }: SpareSignalOptions): Disposable {
  const start = performance.now();
  let isDisposed = false;
  let timer: Disposable;
  const look = (before: number | undefined): void => {
    // First what the worker has said meanwhile is read.
    timer = after(LOOK_EVERY_MS, () =>
      setImmediate(() => {
        if (isDisposed) return;
        const now = program();
        const waited = performance.now() - start;
        const goesOn = now === undefined ? waited >= UNTOLD_MS : now % 2 === 1 && now === before;
        if (goesOn || waited >= PATIENCE_MS) send();
        else look(now);
      }),
    );
  };
  look(program());
  return {
    dispose: () => {
      isDisposed = true;
      timer.dispose();
    },
  };
}
