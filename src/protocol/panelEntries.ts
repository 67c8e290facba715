import * as v from 'valibot';
import { formsSchema } from './panelForms.js';

/*
 * What the panel shows, as data. The types follow from the schemas, so that what is checked on arrival and what the
 * compiler believes cannot drift. Text is checked by hand-written loops: it is the bulk, and a schema per run is slow.
 */

/** Text attributes as an ANSI stream set them. Colours are palette numbers 0 to 255. */
export interface TextStyle {
  readonly fg?: number;
  readonly bg?: number;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly inverse?: true;
  readonly strike?: true;
  /** Where the text leads; only what `isSafeLink` allows. */
  readonly href?: string;
}
const LONGEST_LINK = 2000;

/** Whether output may lead there: to a page or a mailbox, never to a file, a command or a script. */
export function isSafeLink(link: string): boolean {
  return link.length <= LONGEST_LINK && /^(https?:\/\/|mailto:)[^\s\p{Cc}\p{Cf}]+$/iu.test(link);
}

export type Run = string | readonly [text: string, style: TextStyle];
/** One line without its end. `cut` counts the characters that were too many to keep. */
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

/** The first and the last lines of a text; what lies between is counted (`total`), not kept. */
export const textBlockSchema = v.object({ head: linesSchema, tail: linesSchema, total: countSchema });
export type TextBlock = v.InferOutput<typeof textBlockSchema>;

/** Whether a line that is kept is not kept to its end. */
export function hasCutLine({ head, tail }: TextBlock): boolean {
  const isCut = (line: Line): boolean => typeof line !== 'string' && line.cut !== undefined;
  return head.some(isCut) || tail.some(isCut);
}

/** A level of a traceback. `file` is for showing: an intent names a frame by its place among `framesOf` an error. */
export const panelFrameSchema = v.object({
  file: v.string(),
  line: countSchema,
  label: v.string(),
  function: v.string(),
  source: v.exactOptional(v.string()),
  /** Where in `source` the failing part stands. */
  mark: v.exactOptional(v.object({ from: countSchema, to: countSchema })),
  /** The package that it belongs to, when it is not the person's own code. */
  library: v.exactOptional(v.string()),
  /** The number of the command that it stands in, of one without a file. */
  command: v.exactOptional(countSchema),
  openable: v.boolean(),
});
export type PanelFrame = v.InferOutput<typeof panelFrameSchema>;

/** An exception behind another one, with its own line that failed. */
export const relatedErrorSchema = v.object({
  /** What the one before it was raised from, or what was being handled then; or a member of a group. */
  kind: v.picklist(['cause', 'context', 'member']),
  /** In how many groups it stands. */
  depth: countSchema,
  /** A member's place in its group, counting from 1. */
  place: v.exactOptional(v.object({ index: countSchema, of: countSchema })),
  name: v.string(),
  message: v.string(),
  notes: v.exactOptional(v.string()),
  frame: v.exactOptional(panelFrameSchema),
});
export type RelatedError = v.InferOutput<typeof relatedErrorSchema>;

const partBase = {
  id: countSchema,
  /** Milliseconds after the command was done; absent when it came in time. */
  lateMs: v.exactOptional(durationSchema),
};
export const partSchema = v.variant('type', [
  v.object({
    ...partBase,
    type: v.picklist(['stdout', 'stderr', 'value', 'display', 'input']),
    text: textBlockSchema,
    /** Of a value or a display that came in more than its text. */
    forms: v.exactOptional(formsSchema),
  }),
  v.object({
    ...partBase,
    type: v.literal('error'),
    name: v.string(),
    message: v.string(),
    /** Innermost last, as Python lists them. */
    frames: v.array(panelFrameSchema),
    framesOmitted: countSchema,
    /** What was added to it, a line each. */
    notes: v.exactOptional(v.string()),
    /** In the order of reading: the members of a group follow it, and then what it was raised from. */
    related: v.exactOptional(v.array(relatedErrorSchema)),
    relatedOmitted: v.exactOptional(countSchema),
    /** The evaluator's own words, when frames alone would hide something: a chain of causes, a group. */
    traceback: v.exactOptional(v.string()),
  }),
]);
export type Part = v.InferOutput<typeof partSchema>;
export type TextPart = Exclude<Part, { type: 'error' }>;
export type ErrorPart = Extract<Part, { type: 'error' }>;

/** The frames of an error that can be named: its own, and then one of each exception behind it. */
export function framesOf({ frames, related = [] }: ErrorPart): (PanelFrame | undefined)[] {
  return [...frames, ...related.map(({ frame }) => frame)];
}

/** A line that a running command waits for. */
export const questionSchema = v.object({ id: countSchema, prompt: v.string(), password: v.boolean() });
export type Question = v.InferOutput<typeof questionSchema>;

export const commandStateSchema = v.variant('kind', [
  v.object({ kind: v.literal('queued') }),
  v.object({ kind: v.literal('running'), elapsedMs: durationSchema }),
  v.object({ kind: v.literal('asking'), elapsedMs: durationSchema, question: questionSchema }),
  v.object({ kind: v.picklist(['done', 'failed', 'interrupted']), elapsedMs: durationSchema }),
  v.object({ kind: v.literal('died'), elapsedMs: durationSchema, detail: v.string() }),
  v.object({ kind: v.literal('cancelled') }),
]);
export type CommandState = v.InferOutput<typeof commandStateSchema>;

export const commandStatusSchema = v.object({
  state: commandStateSchema,
  /** A process may still write to this command. */
  open: v.boolean(),
  /** Where its source stands now, such as 'train.py:9'. */
  at: v.exactOptional(v.string()),
  /** Parts in the middle that were too many to keep; they stood before the part with the id `after`. */
  dropped: v.exactOptional(v.object({ count: countSchema, after: countSchema })),
});
export type CommandStatus = v.InferOutput<typeof commandStatusSchema>;

export const commandEntrySchema = v.object({
  key: countSchema,
  type: v.literal('command'),
  number: countSchema,
  source: v.string(),
  sourceOmitted: countSchema,
  languageId: v.string(),
  /** Whose session runs it, such as 'javascript' for a command in TypeScript. */
  evaluator: v.string(),
  origin: v.exactOptional(v.object({ uri: v.string(), firstLine: countSchema, lastLine: countSchema })),
  status: commandStatusSchema,
  parts: v.array(partSchema),
});
export type CommandEntry = v.InferOutput<typeof commandEntrySchema>;

export const dividerEntrySchema = v.object({
  key: countSchema,
  type: v.literal('divider'),
  kind: v.picklist(['restarted', 'started', 'reloaded']),
  /** Whose process ended there; all did when there is none. */
  evaluator: v.exactOptional(v.string()),
  time: durationSchema,
});
export const actionSchema = v.object({ title: v.string(), primary: v.boolean() });
export const noticeEntrySchema = v.object({
  key: countSchema,
  type: v.literal('notice'),
  kind: v.picklist(['died', 'startFailed', 'info']),
  title: v.string(),
  detail: v.string(),
  actions: v.array(actionSchema),
});
export const entrySchema = v.variant('type', [commandEntrySchema, dividerEntrySchema, noticeEntrySchema]);
export type DividerEntry = v.InferOutput<typeof dividerEntrySchema>;
export type NoticeEntry = v.InferOutput<typeof noticeEntrySchema>;
export type Entry = v.InferOutput<typeof entrySchema>;
