import * as v from 'valibot';
import type { DataRequest } from './data.js';
import type { ErrorInfo, EvaluatorInfo, ExceptionInfo, FileText, Pause } from './output.js';

/** Where the host waits for the debugger of one command. */
export interface DebuggerPlace {
  /** A Unix socket, or a port of `127.0.0.1` on Windows. */
  readonly address: string;
  /** The first bytes of the connection. What follows depends on the language; see `ExecuteOptions`. */
  readonly token: string;
  /** Where the debugger is looked for if the interpreter does not have it. */
  readonly folders: readonly string[];
  /**
   * The command runs without the debugger, and connects when the host asks for a pause and, with true and in Python,
   * when it calls `breakpoint()`; only if there is a debugger.
   */
  readonly onBreakpoint?: boolean;
  /**
   * Instead of running the source, the command stops where the last error of the session was raised: that of the
   * command with this id. Python only.
   */
  readonly postMortem?: number;
  /**
   * The debugger is on another machine: the files of commands are there, and it asks for the text of all others. Set by
   * the link to the session. Python only.
   */
  readonly isElsewhere?: true;
  /**
   * Processes that the debugged code starts or forks connect, too: with this token, and their id as 16 digits. They
   * import a module from the directory of the address, into which the worker writes it. Python only, and neither on
   * another machine nor on Windows.
   */
  readonly subProcess?: string;
}

/** Whether plots are for a dark or a light editor. */
export type PlotTheme = 'dark' | 'light';

/** The host's requests on the main channel, one at a time: the next one follows the reply to the last one. */
export type Request =
  | {
      readonly t: 'execute';
      readonly id: number;
      readonly source: string;
      readonly filename?: string | undefined;
      readonly firstLine?: number | undefined;
      /** The file of that name where the code runs, if that is on another machine; see `ExecuteOptions`. */
      readonly fileThere?: string | undefined;
      readonly language?: string | undefined;
      readonly debugger?: DebuggerPlace | undefined;
      /** The reply tells where the command has spent its time; or its output, which lines have allocated memory. */
      readonly profile?: boolean | 'memory' | undefined;
      readonly plotTheme?: PlotTheme | undefined;
      readonly columns?: number | undefined;
    }
  | { readonly t: 'evaluate'; readonly id: number; readonly source: string; readonly columns?: number | undefined }
  | { readonly t: 'get'; readonly id: number; readonly name: string }
  /** For the data grid; see `data.ts`. It is answered with a value. */
  | { readonly t: 'data'; readonly id: number; readonly request: DataRequest };

export type MainMessage =
  | Request
  /**
   * With `drain`, the process continues until nothing keeps it alive, as after a script; `code` is then for its normal
   * end.
   */
  | { readonly t: 'exit'; readonly code: number; readonly drain?: boolean };

/** The host's messages on the side channel, which a worker also reads while a command runs. */
export type SideMessage =
  /**
   * Precedes SIGINT, so that an interrupt before the start of the command is not lost; replaces it if there are no
   * signals. A worker that interrupts itself has a moment to answer `interrupting`, and then receives no SIGINT.
   */
  | { readonly t: 'interrupt'; readonly id?: number }
  /** Immediately before SIGINT, to a worker that interrupts itself: the command that the signal is for. */
  | { readonly t: 'signal'; readonly id: number }
  /** The host reads a pair for late output, which the worker may retire from now on. */
  | { readonly t: 'opened'; readonly number: number }
  | { readonly t: 'input'; readonly request: number; readonly text: string | null }
  | (Question & { readonly request: number });

/** Questions about the namespace, and where the running command is. Offsets are in UTF-16 code units. */
export type Question =
  | { readonly t: 'stack' }
  /** Asks for the text of a file that the worker can read. */
  | { readonly t: 'file'; readonly path: string }
  /** Asks for the SHA-256 of files. */
  | { readonly t: 'digests'; readonly paths: readonly string[] }
  /** Writes a file, given in Base64, and makes its folders. */
  | { readonly t: 'save'; readonly path: string; readonly data: string }
  /** Asks a command with `onBreakpoint` to stop where it is; `until`, in milliseconds since the epoch, not later. */
  | { readonly t: 'pause'; readonly until: number }
  /** Asks for what a data grid shows, of a command that has stopped in the debugger. */
  | { readonly t: 'grid'; readonly of: DataRequest }
  /** With `since`, an earlier request, those that have changed since its answer suffice; 0 if there is none. */
  | { readonly t: 'variables'; readonly details?: true; readonly since?: number }
  | {
      readonly t: 'parts';
      readonly name: string;
      readonly path: readonly number[];
      readonly start: number;
      readonly count: number;
      readonly asCode?: true;
    }
  | { readonly t: 'complete' | 'inspect'; readonly source: string; readonly offset: number };

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const mimeBundle = v.record(v.string(), v.unknown());

const evaluatorInfo: v.GenericSchema<unknown, EvaluatorInfo> = v.object({
  language: v.string(),
  name: v.string(),
  version: v.string(),
  executable: v.string(),
  prefix: v.exactOptional(v.string()),
  cwd: v.exactOptional(v.string()),
});

const frame = v.object({
  file: v.string(),
  line: count,
  endLine: v.exactOptional(count),
  column: v.exactOptional(count),
  endColumn: v.exactOptional(count),
  function: v.string(),
  source: v.exactOptional(v.string()),
});

const exception = {
  name: v.string(),
  message: v.string(),
  frames: v.array(frame),
  notes: v.exactOptional(v.array(v.string())),
  cause: v.exactOptional(v.lazy(() => exceptionInfo)),
  context: v.exactOptional(v.lazy(() => exceptionInfo)),
  exceptions: v.exactOptional(v.lazy(() => v.array(exceptionInfo))),
};
const exceptionInfo: v.GenericSchema<unknown, ExceptionInfo> = v.object(exception);
const errorInfo: v.GenericSchema<unknown, ErrorInfo> = v.object({
  ...exception,
  traceback: v.string(),
  exitCode: v.exactOptional(count),
  exitMessage: v.exactOptional(v.string()),
});

const usage = v.object({
  userMs: count,
  systemMs: count,
  peakBytes: v.exactOptional(count),
  growthBytes: v.exactOptional(v.pipe(v.number(), v.integer())),
  readBytes: v.exactOptional(count),
  writtenBytes: v.exactOptional(count),
});

const ending = {
  t: v.literal('done'),
  id: count,
  ends: v.array(v.picklist([0, 1])),
  next: count,
  usage: v.exactOptional(usage),
  profile: v.exactOptional(v.string()),
};

const reply = v.variant('status', [
  v.object({
    ...ending,
    status: v.literal('ok'),
    result: v.exactOptional(mimeBundle),
    value: v.exactOptional(v.unknown()),
  }),
  v.object({ ...ending, status: v.picklist(['error', 'interrupted']), error: errorInfo }),
  v.object({ ...ending, status: v.literal('missing') }),
]);

const pause: v.GenericSchema<unknown, Pause> = v.picklist(['paused', 'later', 'noDebugger', 'impossible']);

const file: v.GenericSchema<unknown, FileText> = v.union([
  v.object({ text: v.string() }),
  v.object({ problem: v.picklist(['missing', 'large', 'binary', 'denied']) }),
]);

const variable = v.object({
  name: v.string(),
  type: v.string(),
  summary: v.exactOptional(v.string()),
  size: v.exactOptional(v.string()),
  kind: v.exactOptional(v.picklist(['module', 'class', 'function'])),
  bytes: v.exactOptional(count),
  parts: v.exactOptional(count),
  code: v.exactOptional(v.string()),
});

const completion = v.object({
  text: v.string(),
  kind: v.picklist(['class', 'function', 'keyword', 'module', 'property', 'variable']),
  type: v.exactOptional(v.string()),
});

/**
 * The answer to a question, on the side channel. `error` is for the log, if there is no answer. With `since`, the
 * `variables` are those that have changed since the answer to that request, and the names `gone` are no more. With
 * `more`, another answer to the same request has more `variables`.
 */
const answer = v.object({
  t: v.literal('answer'),
  request: count,
  variables: v.exactOptional(v.array(variable)),
  since: v.exactOptional(count),
  gone: v.exactOptional(v.array(v.string())),
  more: v.exactOptional(v.boolean()),
  parts: v.exactOptional(v.object({ total: count, items: v.array(variable), code: v.exactOptional(v.string()) })),
  completions: v.exactOptional(
    v.object({ start: count, end: count, items: v.array(completion), isIncomplete: v.exactOptional(v.boolean()) }),
  ),
  data: v.exactOptional(mimeBundle),
  stack: v.exactOptional(v.string()),
  file: v.exactOptional(file),
  digests: v.exactOptional(v.array(v.nullable(v.string()))),
  saved: v.exactOptional(v.string()),
  pause: v.exactOptional(pause),
  grid: v.exactOptional(v.pipe(v.array(v.unknown()), v.maxLength(1))),
  error: v.exactOptional(v.string()),
});

/**
 * A display within the output. Its position is that of marker `at` in both streams of command `id`. An update replaces
 * what was shown with that `displayId`. `clear` removes what the command has shown so far, immediately or when it next
 * shows something.
 */
const display = {
  shown: v.object({
    t: v.literal('display'),
    id: count,
    at: count,
    data: mimeBundle,
    displayId: v.exactOptional(v.string()),
    update: v.exactOptional(v.boolean()),
  }),
  cleared: v.object({ t: v.literal('clear'), id: count, at: count, wait: v.boolean() }),
};

/** The first frame of each connection. Nothing else is read before its token has been checked. */
export const helloMessage = v.variant('channel', [
  v.object({
    t: v.literal('hello'),
    token: v.string(),
    channel: v.literal('main'),
    pid: count,
    info: evaluatorInfo,
    interruptsItself: v.exactOptional(v.boolean()),
    leavesChildren: v.exactOptional(v.boolean()),
  }),
  v.object({ t: v.literal('hello'), token: v.string(), channel: v.literal('side') }),
]);

/**
 * The messages of a worker, by `t`. `pair` announces two FIFOs `N.0` and `N.1` in the session's directory, with an `id`
 * if they are for late output of a command whose own pair was retired. `ready` and `done` name the pair for the next
 * command. `closed` says that no process holds the streams of a command any more. `exec` says that another program is
 * about to replace the process, or that this failed. `interrupting` says that the worker handles that message itself.
 */
export const workerMessages = {
  ready: v.object({ t: v.literal('ready'), next: count }),
  pair: v.object({ t: v.literal('pair'), number: count, id: v.exactOptional(count) }),
  closed: v.object({ t: v.literal('closed'), id: count }),
  exec: v.object({ t: v.literal('exec'), failed: v.boolean() }),
  input: v.object({ t: v.literal('input'), request: count, id: count, prompt: v.string(), password: v.boolean() }),
  interrupting: v.object({ t: v.literal('interrupting') }),
  inputCancelled: v.object({ t: v.literal('inputCancelled'), request: count }),
  answer,
  display: display.shown,
  clear: display.cleared,
  done: reply,
} as const;

export type WorkerMessage = v.InferOutput<(typeof workerMessages)[keyof typeof workerMessages]>;
export type DisplayMessage = v.InferOutput<typeof display.shown> | v.InferOutput<typeof display.cleared>;
export type Answer = v.InferOutput<typeof answer>;
export type Reply = v.InferOutput<typeof reply>;
