/** How a session comes to be there. */
export type OpeningKind = 'starting' | 'connecting' | 'reconnecting' | 'restarting';

/** The status of a session in the panel's header. */
export interface SessionStatus {
  /** The name of the session. */
  readonly title: string;
  /** Identifies the session in its window; absent for the default session of its evaluator. */
  readonly session?: string;
  /** The evaluator, such as 'python': one of the identifiers of its languages. */
  readonly evaluator: string;
  /** For example 'Python 3.12 · .venv'; absent until an evaluator has answered. */
  readonly interpreterLabel?: string;
  /** The full path, for the tooltip. */
  readonly interpreterPath?: string;
  /**
   * 'asking' means that the running command waits for input(), 'paused' that it has stopped in the debugger. A window
   * is 'connecting' to a session that goes on, and 'reconnecting' if the connection to the session's machine was lost.
   */
  readonly state: 'none' | OpeningKind | 'idle' | 'busy' | 'asking' | 'paused' | 'interrupting' | 'dead';
  /** For example 'SIGSEGV' or 'exit code 3'; only if the state is 'dead'. */
  readonly death?: string;
}
