import type { Evaluator } from './evaluator.js';
import type { Logger } from './logger.js';
import type { OnInput } from './standardInput.js';

export type SessionState = 'starting' | 'idle' | 'busy' | 'interrupting' | 'restarting' | 'dead';

export interface ExtSessionOptions {
  /** A registered language, or an evaluator of one's own. Default 'python'. */
  readonly evaluator?: string | Evaluator;
  /** A path, or a name to find on PATH. */
  readonly interpreter?: string;
  /** Arguments for the interpreter itself, such as `-X utf8`. */
  readonly args?: readonly string[];
  readonly cwd?: string;
  /** On top of this process's environment; undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Answers `input()`. Without it, and without lines from `writeLine`, input is at its end. */
  readonly onInput?: OnInput;
  readonly logger?: Logger;
  /** Cancels the start. */
  readonly signal?: AbortSignal;
  /** Default 30,000. */
  readonly startTimeoutMs?: number;
}

export interface ExecuteOptions {
  /** The file that the source is part of: tracebacks name it. */
  readonly filename?: string;
  /** The line of that file, counting from 1, where the source begins. */
  readonly firstLine?: number;
  /** Takes the command out of the queue, or interrupts it. */
  readonly signal?: AbortSignal;
}
