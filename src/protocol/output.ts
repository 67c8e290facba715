/**
 * A value in several representations by MIME type. Text is a string, binary data is base64, JSON types are structures.
 */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** A level of a traceback, outermost first. Lines count from 1, columns from 0, as the evaluator reports them. */
export interface Frame {
  readonly file: string;
  readonly line: number;
  /** The end of the failing part, like the columns, if the evaluator knows it. */
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
  readonly function: string;
  /** The text of the line, if it is known. */
  readonly source?: string;
}

/** An exception of the user's code, as data. Long chains of related exceptions are cut off. */
export interface ExceptionInfo {
  /** The class, such as 'ValueError'. */
  readonly name: string;
  readonly message: string;
  readonly frames: readonly Frame[];
  /** Added to the exception, for example with `add_note`. */
  readonly notes?: readonly string[];
  /** What the exception was raised from, as with `raise … from …`. */
  readonly cause?: ExceptionInfo;
  /** The exception that was being handled, if it is shown. */
  readonly context?: ExceptionInfo;
  /** The members of a group. */
  readonly exceptions?: readonly ExceptionInfo[];
}

/** An exception that ended a command; its traceback includes the related exceptions. */
export interface ErrorInfo extends ExceptionInfo {
  /** As the language shows it, with line endings. */
  readonly traceback: string;
  /** Only for a request to exit: the exit code of a program that ends in this way, and what it writes to stderr. */
  readonly exitCode?: number;
  readonly exitMessage?: string;
}

/** The two streams of each command. */
export type StreamName = 'stdout' | 'stderr';

/** A piece of a command's output, with the names of nbformat. */
export type Output =
  | { readonly type: 'stream'; readonly name: StreamName; readonly text: string }
  | {
      readonly type: 'display_data';
      readonly data: MimeBundle;
      readonly displayId?: string;
      /** Replaces what was shown with its id before; only while output is followed. */
      readonly update?: true;
    }
  | { readonly type: 'execute_result'; readonly data: MimeBundle }
  | ({ readonly type: 'error' } & ErrorInfo);

/**
 * What a command of at least 100 ms has used, children that have ended included. Times are in milliseconds; what the
 * system does not tell is absent.
 */
export interface Usage {
  readonly wallMs: number;
  /** Time of processors, in the program and in the system. */
  readonly userMs: number;
  readonly systemMs: number;
  /** The most memory that the process, or one of its children, has had, if no earlier command had more. */
  readonly peakBytes?: number;
  /** How much more memory the process has than before, or less. */
  readonly growthBytes?: number;
  /** From and to files, pipes and sockets. */
  readonly readBytes?: number;
  readonly writtenBytes?: number;
}

/** How a command ended. */
interface Ended {
  readonly executionCount: number;
  /** In milliseconds, measured by the host. */
  readonly durationMs: number;
  readonly usage?: Usage;
  /** If it was run with `profile`: the text of a `.cpuprofile` file, as V8 writes it. */
  readonly profile?: string;
}

/** How a command ended, and what came of it. */
export type Outcome = Ended &
  (
    | { readonly status: 'ok'; readonly result?: MimeBundle }
    | { readonly status: 'error' | 'interrupted'; readonly error: ErrorInfo }
    | { readonly status: 'cancelled' }
    | { readonly status: 'died'; readonly exitCode: number | null; readonly signal: string | null }
  );

/** The interpreter in an evaluator process, as it describes itself. */
export interface EvaluatorInfo {
  /** For example 'python'. */
  readonly language: string;
  /** For example 'Python' or 'pypy'. */
  readonly name: string;
  /** The version of the language, such as '3.12.1'. */
  readonly version: string;
  /** The path of the program. */
  readonly executable: string;
  /** The folder of the environment, if the language has environments. */
  readonly prefix?: string;
  /** The working directory that the process has started in, if the evaluator tells it. */
  readonly cwd?: string;
}

/** The text of a file where a session runs, or why there is none. */
export type FileText = { readonly text: string } | { readonly problem: 'missing' | 'large' | 'binary' | 'denied' };

/** A variable in the namespace of a session, described without running the user's code. */
export interface Variable {
  readonly name: string;
  /** The qualified name of the type, such as 'int' or 'pandas.core.frame.DataFrame'. */
  readonly type: string;
  /** A short text for the value; absent if it cannot be created without running the user's code. */
  readonly summary?: string;
  /** The length, or a shape such as '3 x 4', if it is known without running code. */
  readonly size?: string;
  /** A detail, as all below are: what it is if it is no other value. */
  readonly kind?: 'module' | 'class' | 'function';
  /** What it occupies in memory, without what objects within it do, if that is known. */
  readonly bytes?: number;
  /** How many parts it has: items, columns, attributes. Absent for none. */
  readonly parts?: number;
  /** Of a part: the code that leads to it when it is appended to that of the whole, if there is such code. */
  readonly code?: string;
}

/** What is new in the namespace since it was told last. */
export interface VariableChanges {
  /** For the next question. */
  readonly revision: number;
  /** Whether `changed` are all variables that there are. */
  readonly isWhole: boolean;
  readonly changed: readonly Variable[];
  /** The names of those that are no more. */
  readonly gone: readonly string[];
}

/** A variable, or a part of one: its position among the parts of the one before, and so on. */
export type VariablePath = readonly [name: string, ...positions: number[]];

/** Some of the parts of a variable, and how many it has. */
export interface VariableParts {
  readonly total: number;
  readonly items: readonly Variable[];
  /** If it was asked for: code that makes the value again, of at most 100,000 characters; absent if there is none. */
  readonly code?: string;
}

/** A text that can be inserted. */
export interface Completion {
  readonly text: string;
  readonly kind: 'class' | 'function' | 'keyword' | 'module' | 'property' | 'variable';
  /** The type of what it names, if it is known. */
  readonly type?: string;
}

/**
 * What came of the wish that the running command stops in its debugger. It is `later` if it waits for something, and
 * stops in the code with which it goes on; `impossible` if the command has no debugger, or cannot be stopped now.
 */
export type Pause = 'paused' | 'later' | 'noDebugger' | 'impossible';

/** The possible replacements of the text from `start` to `end`, in UTF-16 code units. */
export interface Completions {
  readonly start: number;
  readonly end: number;
  readonly items: readonly Completion[];
  /** Whether there are more completions, such as `_names`: further typing asks again. */
  readonly isIncomplete?: boolean;
}
