import type { DebuggerPlace } from '../../../../protocol/worker.js';

/** What the thread of the debugger begins with. */
export interface RelayOptions {
  readonly place: DebuggerPlace;
  /** The command runs already, and stops where it is as soon as the debugger has set its breakpoints. */
  readonly pauses: boolean;
  /** Becomes 1 when it is done, for a thread of the commands that does not hear of it. */
  readonly done: Int32Array;
}

/**
 * From the thread of the debugger to that of the commands: the command may begin; the debugger cannot be connected; the
 * thread has let go of the inspector, and waits for `leave`.
 */
export type FromRelay =
  | { readonly t: 'begin' }
  | { readonly t: 'failed'; readonly reason: string }
  | { readonly t: 'done' };

/**
 * From the thread of the commands to that of the debugger. `leave` ends it, when the inspector has heard that it is
 * done: Node.js crashes if the thread ends before.
 */
export interface ToRelay {
  readonly t: 'pause' | 'end' | 'leave';
}
