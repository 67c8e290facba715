/** What the panel's header says about the session. */
export interface SessionStatus {
  readonly title: string;
  /** What it runs, such as 'python': one of its languages' identifiers. */
  readonly evaluator: string;
  /** Such as 'Python 3.12 · .venv'; absent until an evaluator has answered. */
  readonly interpreterLabel?: string;
  /** The full path, for the tooltip. */
  readonly interpreterPath?: string;
  /** 'asking' while the running command waits for input(). */
  readonly state: 'none' | 'starting' | 'idle' | 'busy' | 'asking' | 'interrupting' | 'restarting' | 'dead';
  /** Such as 'SIGSEGV' or 'exit code 3'; only when dead. */
  readonly death?: string;
}
