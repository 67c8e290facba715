import type { Evaluator } from './evaluator.js';
import type { Logger } from './logger.js';
import type { OnInput } from './worker/standardInput.js';

/**
 * `idle` and `busy` while a process lives; `interrupting` until the running command has reacted; `dead` when the process
 * has ended and `restart` was not called.
 */
export type SessionState = 'starting' | 'idle' | 'busy' | 'interrupting' | 'restarting' | 'dead';

/** Which process is started, and how; all of it is taken again by `restart`, but for `signal`. */
export interface ExtSessionOptions {
  /** A registered language, or an evaluator of one's own. Default 'python'. */
  readonly evaluator?: string | Evaluator;
  /** A path, or a name to find on PATH. Default: the evaluator's own, such as `python3`. */
  readonly interpreter?: string;
  /** Arguments for the interpreter itself, such as `-X utf8`. */
  readonly args?: readonly string[];
  /** The folder in which the process starts. Default: this process's. */
  readonly cwd?: string;
  /** On top of this process's environment; undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Answers `input()`. Without it, and without lines from `writeLine`, input is at its end. */
  readonly onInput?: OnInput;
  /** Where the engine reports what it does. Default: nowhere. */
  readonly logger?: Logger;
  /** Cancels the start. */
  readonly signal?: AbortSignal;
  /** How long a start or restart may take until the evaluator is ready, in milliseconds up to `Infinity`. Default 30,000. */
  readonly startTimeoutMs?: number;
}

/** What a command is part of, and what ends it. */
export interface ExecuteOptions {
  /** The file that the source is part of: tracebacks name it. Without one they name `<command N>`, by its `executionCount`. */
  readonly filename?: string;
  /** The line of that file, counting from 1, where the source begins. */
  readonly firstLine?: number;
  /** The dialect, as editors name it, where an evaluator runs several: `typescript`, `typescriptreact`. Else it is found out. */
  readonly language?: string;
  /** Takes the command out of the queue, or interrupts it. */
  readonly signal?: AbortSignal;
}
