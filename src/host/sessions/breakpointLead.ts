import type { ExtResults } from '../../engine/extResults.js';
import type { ExecuteOptions } from '../../engine/sessionOptions.js';

/** Leads a command that runs without a debugger to one, when its code asks for it. */
export interface BreakpointLead {
  readonly options: Pick<ExecuteOptions, 'debugger' | 'onInterrupt'>;
  /** The command has been handed to its session. `interrupt` interrupts what runs there. */
  begun(results: ExtResults, interrupt: () => void): void;
}
