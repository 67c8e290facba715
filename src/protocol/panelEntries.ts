import * as v from 'valibot';
import { formsSchema } from './panelForms.js';

/*
 * The content of the panel as data. The types are derived from the schemas, so that the validation and the compiler
 * agree. Text is validated by hand-written loops: it is most of the data, and a schema for each run would be slow.
 */

/** Text attributes of an ANSI stream. Colors are palette numbers from 0 to 255. */
export interface TextStyle {
  readonly fg?: number;
  readonly bg?: number;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly inverse?: true;
  readonly strike?: true;
  /** The target of the link; only what `isSafeLink` allows. */
  readonly href?: string;
}
const LONGEST_LINK = 2000;

/** Whether output may link to an address: a web page or a mailbox, but not a file, a command or a script. */
export function isSafeLink(link: string): boolean {
  return link.length <= LONGEST_LINK && /^(https?:\/\/|mailto:)[^\s\p{Cc}\p{Cf}]+$/iu.test(link);
}

export type Run = string | readonly [text: string, style: TextStyle];
/** A line without its line ending. `cut` is the number of characters that were not kept. */
export type Line = string | { readonly runs: readonly Run[]; readonly cut?: number };

const isRun = (run: unknown): boolean =>
  typeof run === 'string' ||
  (Array.isArray(run) && typeof run[0] === 'string' && typeof run[1] === 'object' && run[1] !== null);
const isLine = (line: unknown): boolean =>
  typeof line === 'string' ||
  (typeof line === 'object' && line !== null && 'runs' in line && Array.isArray(line.runs) && line.runs.every(isRun));
export const linesSchema = v.custom<readonly Line[]>((input) => Array.isArray(input) && input.every(isLine), 'lines');

export const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const durationSchema = v.pipe(v.number(), v.minValue(0));

/** The first and the last lines of a text; those in between are counted in `total`, but not kept. */
const textBlockSchema = v.object({ head: linesSchema, tail: linesSchema, total: countSchema });
export type TextBlock = v.InferOutput<typeof textBlockSchema>;

/** Whether a line that is kept was cut off. */
export function hasCutLine({ head, tail }: TextBlock): boolean {
  const isCut = (line: Line): boolean => typeof line !== 'string' && line.cut !== undefined;
  return head.some(isCut) || tail.some(isCut);
}

/** A frame of a traceback. `file` is only for display: intents refer to a frame by its index in `framesOf` an error. */
const panelFrameSchema = v.object({
  file: v.string(),
  line: countSchema,
  label: v.string(),
  function: v.string(),
  source: v.exactOptional(v.string()),
  /** The failing part in `source`. */
  mark: v.exactOptional(v.object({ from: countSchema, to: countSchema })),
  /** The package of the frame, if it is not the user's own code. */
  library: v.exactOptional(v.string()),
  /** The number of its command, if the command is not from a file. */
  command: v.exactOptional(countSchema),
  openable: v.boolean(),
});
export type PanelFrame = v.InferOutput<typeof panelFrameSchema>;

/** An exception related to another one, with its own failing line. */
const relatedErrorSchema = v.object({
  /** What the previous one was raised from or while handling, or a member of a group. */
  kind: v.picklist(['cause', 'context', 'member']),
  /** The number of groups around it. */
  depth: countSchema,
  /** The position of a member in its group, counting from 1. */
  place: v.exactOptional(v.object({ index: countSchema, of: countSchema })),
  name: v.string(),
  message: v.string(),
  notes: v.exactOptional(v.string()),
  frame: v.exactOptional(panelFrameSchema),
});
export type RelatedError = v.InferOutput<typeof relatedErrorSchema>;

const partBase = {
  id: countSchema,
  /** The time after the end of the command, in milliseconds; absent if it was on time. */
  lateMs: v.exactOptional(durationSchema),
};
export const partSchema = v.variant('type', [
  v.object({
    ...partBase,
    type: v.picklist(['stdout', 'stderr', 'value', 'display', 'input']),
    text: textBlockSchema,
    /** The forms of a value or display in addition to its text. */
    forms: v.exactOptional(formsSchema),
  }),
  v.object({
    ...partBase,
    type: v.literal('error'),
    name: v.string(),
    message: v.string(),
    /** Innermost last, as in Python. */
    frames: v.array(panelFrameSchema),
    framesOmitted: countSchema,
    /** Added to the exception, one per line. */
    notes: v.exactOptional(v.string()),
    /** In reading order: the members of a group, then what it was raised from. */
    related: v.exactOptional(v.array(relatedErrorSchema)),
    relatedOmitted: v.exactOptional(countSchema),
    /** The evaluator's own text, if frames alone would omit something: a chain of causes, a group. */
    traceback: v.exactOptional(v.string()),
  }),
]);
export type Part = v.InferOutput<typeof partSchema>;
export type TextPart = Exclude<Part, { type: 'error' }>;
export type ErrorPart = Extract<Part, { type: 'error' }>;

/** The frames of an error that can be referred to: its own, then one of each related exception. */
export function framesOf({ frames, related = [] }: ErrorPart): (PanelFrame | undefined)[] {
  return [...frames, ...related.map(({ frame }) => frame)];
}

/** A line of input that a running command waits for. */
const questionSchema = v.object({ id: countSchema, prompt: v.string(), password: v.boolean() });
export type Question = v.InferOutput<typeof questionSchema>;

/** Where a command has stopped in the debugger; without `file`, in its own one. Lines count from 1. */
const pausedAtSchema = v.object({ line: countSchema, file: v.exactOptional(v.string()) });
export type ShownPause = v.InferOutput<typeof pausedAtSchema>;

/** What a command has used: times in milliseconds, amounts in bytes. */
const usageSchema = v.object({
  wallMs: durationSchema,
  userMs: durationSchema,
  systemMs: durationSchema,
  peakBytes: v.exactOptional(countSchema),
  growthBytes: v.exactOptional(v.number()),
  readBytes: v.exactOptional(countSchema),
  writtenBytes: v.exactOptional(countSchema),
});
export type ShownUsage = v.InferOutput<typeof usageSchema>;

const commandStateSchema = v.variant('kind', [
  v.object({ kind: v.literal('queued') }),
  v.object({ kind: v.literal('running'), elapsedMs: durationSchema }),
  v.object({ kind: v.literal('paused'), elapsedMs: durationSchema, at: pausedAtSchema }),
  v.object({ kind: v.literal('asking'), elapsedMs: durationSchema, question: questionSchema }),
  v.object({
    kind: v.picklist(['done', 'failed', 'interrupted']),
    /** Absent if it is not known, as of a command from a notebook. */
    elapsedMs: v.exactOptional(durationSchema),
    usage: v.exactOptional(usageSchema),
    /** Of a file that ran in a process of its own. */
    exitCode: v.exactOptional(v.pipe(v.number(), v.integer())),
  }),
  v.object({ kind: v.literal('died'), elapsedMs: durationSchema, detail: v.string() }),
  v.object({ kind: v.literal('cancelled') }),
  /** Its session goes on with another window, which has its end. */
  v.object({ kind: v.literal('left'), elapsedMs: v.exactOptional(durationSchema) }),
]);
export type CommandState = v.InferOutput<typeof commandStateSchema>;

export const commandStatusSchema = v.object({
  state: commandStateSchema,
  /** Whether a process can still write to this command. */
  open: v.boolean(),
  /** The current position of its source, such as 'train.py:9'. */
  at: v.exactOptional(v.string()),
  /** Parts in the middle that were not kept, after the part with the id `after`. */
  dropped: v.exactOptional(v.object({ count: countSchema, after: countSchema })),
});
export type CommandStatus = v.InferOutput<typeof commandStatusSchema>;

const commandEntrySchema = v.object({
  key: countSchema,
  type: v.literal('command'),
  number: countSchema,
  source: v.string(),
  sourceOmitted: countSchema,
  languageId: v.string(),
  /** The evaluator of its session, such as 'javascript' for a command in TypeScript. */
  evaluator: v.string(),
  /** The session that ran it; absent for the default session of its evaluator, whose identifier is the evaluator. */
  session: v.exactOptional(v.string()),
  /** What was printed as the session started, without a source, or the startup commands: it has no number. */
  isStart: v.exactOptional(v.literal(true)),
  /** With `isStart`: what a command that ended in an earlier window has printed since. */
  isLate: v.exactOptional(v.literal(true)),
  /** A file that runs in a process of its own: its source is its name with the arguments, and it has no number. */
  isRun: v.exactOptional(v.literal(true)),
  /** Markdown of a document, which no command has made: its source is its first line, and it has no number. */
  isText: v.exactOptional(v.literal(true)),
  origin: v.exactOptional(v.object({ uri: v.string(), firstLine: countSchema, lastLine: countSchema })),
  status: commandStatusSchema,
  parts: v.array(partSchema),
});
export type CommandEntry = v.InferOutput<typeof commandEntrySchema>;

const dividerEntrySchema = v.object({
  key: countSchema,
  type: v.literal('divider'),
  kind: v.picklist(['restarted', 'started', 'reloaded', 'continued']),
  /** The evaluator whose process ended; all of them if absent. */
  evaluator: v.exactOptional(v.string()),
  session: v.exactOptional(v.string()),
  time: durationSchema,
});
export const actionSchema = v.object({ title: v.string(), primary: v.boolean() });
const noticeEntrySchema = v.object({
  key: countSchema,
  type: v.literal('notice'),
  kind: v.picklist(['died', 'startFailed', 'info']),
  title: v.string(),
  detail: v.string(),
  actions: v.array(actionSchema),
  /** The session that it is about, which shows it; all of them if absent. */
  session: v.exactOptional(v.string()),
});
export const entrySchema = v.variant('type', [commandEntrySchema, dividerEntrySchema, noticeEntrySchema]);
export type DividerEntry = v.InferOutput<typeof dividerEntrySchema>;
export type NoticeEntry = v.InferOutput<typeof noticeEntrySchema>;
export type Entry = v.InferOutput<typeof entrySchema>;

/** The identifier of the session that shows an entry, or names its own; undefined for what belongs to all of them. */
export function sessionOf(named: { readonly session?: string; readonly evaluator: string }): string;
export function sessionOf(named: { readonly session?: string; readonly evaluator?: string }): string | undefined;
export function sessionOf(named: { readonly session?: string; readonly evaluator?: string }): string | undefined {
  return named.session ?? named.evaluator;
}
