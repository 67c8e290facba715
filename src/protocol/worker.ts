import * as v from 'valibot';
import type { ErrorInfo, EvaluatorInfo, ExceptionInfo } from './output.js';

/** What the host sends to a worker over the main channel, one at a time: the next after the reply to the last. */
export type Request =
  | {
      readonly t: 'execute';
      readonly id: number;
      readonly source: string;
      readonly filename?: string;
      readonly firstLine?: number;
      readonly language?: string;
    }
  | { readonly t: 'evaluate'; readonly id: number; readonly source: string }
  | { readonly t: 'get'; readonly id: number; readonly name: string };

export type MainMessage =
  | Request
  /** With `drain` the process goes on until nothing keeps it alive, as after a script; `code` is then that of its best end. */
  | { readonly t: 'exit'; readonly code: number; readonly drain?: boolean };

/** What the host sends over the side channel, which a worker reads while a command runs too. */
export type SideMessage =
  /**
   * Before SIGINT, so that one that comes before the command begins is not lost; where there are no signals, in its place. A
   * worker that interrupts itself has a moment to answer `interrupting`, and SIGINT is spared then.
   */
  | { readonly t: 'interrupt'; readonly id?: number }
  /** Right before SIGINT, to a worker that interrupts itself: which command the signal is for. */
  | { readonly t: 'signal'; readonly id: number }
  /** The host reads a pair that is for late output: it may be retired from now on. */
  | { readonly t: 'opened'; readonly number: number }
  | { readonly t: 'input'; readonly request: number; readonly text: string | null }
  | (Question & { readonly request: number });

/** About the namespace, and where the running command is. Offsets are in UTF-16 code units. */
export type Question =
  | { readonly t: 'variables' | 'stack' }
  | { readonly t: 'complete' | 'inspect'; readonly source: string; readonly offset: number };

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const mimeBundle = v.record(v.string(), v.unknown());

const evaluatorInfo: v.GenericSchema<unknown, EvaluatorInfo> = v.object({
  language: v.string(),
  name: v.string(),
  version: v.string(),
  executable: v.string(),
  prefix: v.exactOptional(v.string()),
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

const ending = { t: v.literal('done'), id: count, ends: v.array(v.picklist([0, 1])), next: count };

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

const variable = v.object({
  name: v.string(),
  type: v.string(),
  summary: v.exactOptional(v.string()),
  size: v.exactOptional(v.string()),
});

const completion = v.object({
  text: v.string(),
  kind: v.picklist(['class', 'function', 'keyword', 'module', 'property', 'variable']),
  type: v.exactOptional(v.string()),
});

/** To a question, over the side channel. What could not be answered has an `error`, for the log. */
const answer = v.object({
  t: v.literal('answer'),
  request: count,
  variables: v.exactOptional(v.array(variable)),
  completions: v.exactOptional(
    v.object({ start: count, end: count, items: v.array(completion), isIncomplete: v.exactOptional(v.boolean()) }),
  ),
  data: v.exactOptional(mimeBundle),
  stack: v.exactOptional(v.string()),
  error: v.exactOptional(v.string()),
});

/**
 * Something to show beside text. Its place among the text is where marker `at` stands in both streams of command `id`. An
 * update takes the place of what was shown with that `displayId`; `clear` takes back what the command has shown so far,
 * or waits until it shows something again.
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

/** The first frame of each connection: who is there. Nothing else is read before its token was checked. */
export const helloMessage = v.variant('channel', [
  v.object({
    t: v.literal('hello'),
    token: v.string(),
    channel: v.literal('main'),
    pid: count,
    info: evaluatorInfo,
    interruptsItself: v.exactOptional(v.boolean()),
  }),
  v.object({ t: v.literal('hello'), token: v.string(), channel: v.literal('side') }),
]);

/**
 * What a worker sends, by its `t`. `pair` announces two FIFOs `N.0` and `N.1` in the session's directory, with an `id` for
 * what a command writes after its own were retired; `ready` and `done` name the pair that the next command will write to;
 * `closed` says that no process holds a command's streams any more. `exec` says that another program is about to take the
 * process over, or that none did after all. `interrupting` says that the worker acts on that message by itself.
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
