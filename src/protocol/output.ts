/** A value in several representations, keyed by MIME type. Text is a string, binary data is base64, JSON types are structures. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** One level of a traceback, outermost first. Lines count from 1, columns from 0, as the evaluator reports them. */
export interface Frame {
  readonly file: string;
  readonly line: number;
  /** Of the part that failed, as the columns are, where the evaluator knows it. */
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
  readonly function: string;
  /** The line's text, where it is known. */
  readonly source?: string;
}

/** An exception of the person's code, as data. What it leads to is cut short where there is very much of it. */
export interface ExceptionInfo {
  /** Its class, such as 'ValueError'. */
  readonly name: string;
  readonly message: string;
  readonly frames: readonly Frame[];
  /** What was added to it, as with `add_note`. */
  readonly notes?: readonly string[];
  /** What it was raised from, as with `raise … from …`. */
  readonly cause?: ExceptionInfo;
  /** What was being handled when it was raised, where that is shown. */
  readonly context?: ExceptionInfo;
  /** The members of a group. */
  readonly exceptions?: readonly ExceptionInfo[];
}

/** An exception that ended a command; its traceback tells of the others too. */
export interface ErrorInfo extends ExceptionInfo {
  /** As the language shows it, with line ends. */
  readonly traceback: string;
  /** Of a request to exit: the code with which a program that ends so exits, and what it leaves in stderr. */
  readonly exitCode?: number;
  readonly exitMessage?: string;
}

/** The two streams that each command has of its own. */
export type StreamName = 'stdout' | 'stderr';

/** One piece of what a command produced, in nbformat's words. */
export type Output =
  | { readonly type: 'stream'; readonly name: StreamName; readonly text: string }
  | {
      readonly type: 'display_data';
      readonly data: MimeBundle;
      readonly displayId?: string;
      /** It takes the place of what was shown under its id before; only while output is followed. */
      readonly update?: true;
    }
  | { readonly type: 'execute_result'; readonly data: MimeBundle }
  | ({ readonly type: 'error' } & ErrorInfo);

/** How a command ended. Durations are in milliseconds, measured in the host. */
export type Outcome = { readonly executionCount: number; readonly durationMs: number } & (
  | { readonly status: 'ok'; readonly result?: MimeBundle }
  | { readonly status: 'error' | 'interrupted'; readonly error: ErrorInfo }
  | { readonly status: 'cancelled' }
  | { readonly status: 'died'; readonly exitCode: number | null; readonly signal: string | null }
);

/** What runs in an evaluator process, as it says itself. */
export interface EvaluatorInfo {
  /** Such as 'python'. */
  readonly language: string;
  /** Such as 'Python' or 'pypy'. */
  readonly name: string;
  /** The language's, such as '3.12.1'. */
  readonly version: string;
  /** The path of the program. */
  readonly executable: string;
  /** The environment's folder, where the language has such a thing. */
  readonly prefix?: string;
}

/** A variable of a session's namespace, described without running the person's code. */
export interface Variable {
  readonly name: string;
  /** The type's qualified name, such as 'int' or 'pandas.core.frame.DataFrame'. */
  readonly type: string;
  /** A short text of the value; absent when none can be made without running code of the person's. */
  readonly summary?: string;
  /** Its length, or its shape, such as '3 x 4', where it has one that is known without running code. */
  readonly size?: string;
}

/** One of the texts that may stand there. */
export interface Completion {
  readonly text: string;
  readonly kind: 'class' | 'function' | 'keyword' | 'module' | 'property' | 'variable';
  /** Of what it names, where that is known. */
  readonly type?: string;
}

/** What may stand in place of the text from `start` to `end`: offsets in UTF-16 code units. */
export interface Completions {
  readonly start: number;
  readonly end: number;
  readonly items: readonly Completion[];
  /** Whether there is more that begins as the text does, such as `_names`: whoever types on asks again. */
  readonly isIncomplete?: boolean;
}
