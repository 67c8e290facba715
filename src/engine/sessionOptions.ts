import type { DebuggerPlace, PlotTheme } from '../protocol/worker.js';
import type { Evaluator, Script } from './evaluator.js';
import type { Logger } from './logger.js';
import type { OutputBudget } from './output/outputBudget.js';
import type { OnInput } from './worker/standardInput.js';

/**
 * `idle` and `busy` while a process runs; `interrupting` until the running command has responded; `dead` if the process
 * has ended and `restart` was not called.
 */
export type SessionState = 'starting' | 'idle' | 'busy' | 'interrupting' | 'restarting' | 'dead';

/** A command that a session runs by itself. */
export interface StartupCommand {
  readonly source: string;
  /** The file that contains the source, for tracebacks; `<startup>` by default. */
  readonly filename?: string;
}

/** Which process is started, and how. `restart` uses all options again, except `signal`. */
export interface ExtSessionOptions {
  /** A registered language, or your own evaluator; 'python' by default. */
  readonly evaluator?: string | Evaluator;
  /** A path, or a name on PATH. The evaluator's own by default, such as `python3`. */
  readonly interpreter?: string;
  /** Arguments for the interpreter, such as `-X utf8`. */
  readonly args?: readonly string[];
  /** The working directory of the process; this process's by default. */
  readonly cwd?: string;
  /**
   * The program and arguments in front of the interpreter, such as `['ssh', 'node7']`, `['docker', 'exec', '-i', 'c1']`
   * or `['srun', '-n1', '--unbuffered', '-Q']`: the process runs where they lead, and ends with the connection. Nothing
   * needs to be installed there but Python 3.7 or Node.js 20.12; `interpreter`, `cwd`, `env` and all files are those of
   * that place, where `cwd` is the folder that the prefix chooses by default, and `env` adds to the variables there.
   */
  readonly commandPrefix?: readonly string[];
  /** Variables for the program of `commandPrefix`, in addition to those of this process; not for the session. */
  readonly prefixEnv?: Readonly<Record<string, string | undefined>>;
  /** Variables in addition to this process's environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /**
   * Modules that are loaded anew before a command if their files have changed: those in these folders, or all that are
   * not part of the language. None by default.
   */
  readonly reload?: 'all' | readonly string[];
  /**
   * Runs before all commands, at the start and at each restart. It has no number; `ExtSession.startup` has its results.
   */
  readonly startup?: string | StartupCommand;
  /**
   * The script whose source runs: code finds its file and arguments where a script finds them, in `sys.argv` or
   * `process.argv`, and Python's modules next to it.
   */
  readonly script?: Script;
  /** The width of a line where output is shown, in characters: `ExtSession.columns` at the start. */
  readonly columns?: number;
  /**
   * Whether the process goes on when this one lets go of it or dies; false by default. `exit` ends it, and `attach`
   * goes on with it. Not available on Windows.
   */
  readonly keepAlive?: boolean;
  /**
   * How long such a process waits for a host, in milliseconds up to `Infinity`: then it ends in order, after the
   * commands that it has. 600,000 by default.
   */
  readonly keepAliveMs?: number;
  /**
   * How long these commands may still run after that, in milliseconds up to `Infinity`: then they are interrupted or
   * cancelled. So is, without delay, a command that waits because the journal is full. 86,400,000 (a day) by default.
   */
  readonly keepRunningMs?: number;
  /**
   * Whether results come again in `resumed` until they are passed to `acknowledge`; by default, until their outcome was
   * delivered.
   */
  readonly holdsResults?: boolean;
  /**
   * How much of what such a process writes is kept for the next host, in bytes; 2 ** 30 by default. Beyond that, the
   * oldest output of commands that have ended is given up, and their results say so; a running command has to wait.
   */
  readonly journalBytes?: number;
  /** Answers `input()`. Without it, and without lines from `writeLine`, the input has ended. */
  readonly onInput?: OnInput;
  /** Receives log messages; none by default. */
  readonly logger?: Logger;
  /** The memory for the output of commands; `OutputBudget.shared`, the one of this process, by default. */
  readonly outputBudget?: OutputBudget;
  /**
   * Whether lines that are written before the first `readLine` are kept for it; true by default. They take up to 16 MiB
   * of memory for each session, in addition to the budget.
   */
  readonly keepLines?: boolean;
  /** Cancels the start. */
  readonly signal?: AbortSignal;
  /**
   * The maximum time for a start or restart until the evaluator is ready, in milliseconds up to `Infinity`; 30,000 by
   * default.
   */
  readonly startTimeoutMs?: number;
}

/** How to go on with a session: as for a new one, where they have not been chosen when it was started. */
export interface AttachOptions extends Pick<
  ExtSessionOptions,
  'onInput' | 'logger' | 'signal' | 'outputBudget' | 'keepLines' | 'startTimeoutMs' | 'holdsResults' | 'prefixEnv'
> {
  /** Needed for an evaluator that is not registered. */
  readonly evaluator?: Evaluator;
}

/** How the current process ends before a restart. */
export interface RestartOptions {
  /** Kills the current process at once: no exit handlers run. False by default. */
  readonly force?: boolean;
}

/** The source position of a command, and what ends it. */
export interface ExecuteOptions {
  /**
   * The file that contains the source, for tracebacks. Without one, they name `<command N>`, with its `executionCount`.
   */
  readonly filename?: string;
  /** The line of that file, counting from 1, where the source starts. */
  readonly firstLine?: number;
  /**
   * With `commandPrefix`: the path of that file where the session runs. If it exists there, code finds it in `__file__`
   * and `sys.argv[0]`; tracebacks name `filename`. In JavaScript, imports begin there, also if only its folder exists.
   */
  readonly fileThere?: string;
  /**
   * The dialect for an evaluator that runs several, as editors name it: `typescript`, `typescriptreact`. Detected if
   * absent.
   */
  readonly language?: string;
  /**
   * The debugger that the command connects to before it runs. It waits for the end of the configuration there, and the
   * connection ends with the command. A Python worker speaks the debug adapter protocol, a JavaScript one that of
   * Node's inspector.
   */
  readonly debugger?: DebuggerPlace;
  /**
   * Tells where the command spends its time, in `Outcome.profile`; then without a debugger. A Python session samples
   * what its main thread does, waiting included, about every millisecond, a JavaScript session what runs. With
   * `'memory'`, a Python command writes to its output which lines have allocated what is held at its
   * end, and a JavaScript session gives the text of a `.heapprofile` file.
   */
  readonly profile?: boolean | 'memory';
  /** The colors in which Matplotlib draws, in a Python session; its own if absent. What code sets itself stays. */
  readonly plotTheme?: PlotTheme;
  /** Called each time the command is interrupted while it runs. A debugger lets it go on then. */
  readonly onInterrupt?: () => void;
  /** Removes the command from the queue, or interrupts it. */
  readonly signal?: AbortSignal;
  /** For the host that attaches later: `resumedNotes`. Plain JSON. */
  readonly note?: unknown;
}
