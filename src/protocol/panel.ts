import * as v from 'valibot';
import { commandActions } from './commandAction.js';
import { findQuerySchema } from './findQuery.js';
import {
  actionSchema,
  commandStatusSchema,
  countSchema,
  entrySchema,
  linesSchema,
  partSchema,
} from './panelEntries.js';
import { formActions, mimeSchema } from './panelForms.js';
import { completionsSchema, evaluatorSchema, historyEntrySchema, sourceSchema } from './panelInput.js';
import { panelSettingsSchema } from './panelSettings.js';

/*
 * The webview channel. The host sends a snapshot when the webview is ready, then updates. Each has a sequence number,
 * which the webview acknowledges when it has drawn the update. The webview sends intents, which only use numbers to
 * refer to things.
 */

const stateSchema = v.picklist([
  'none',
  'starting',
  'connecting',
  'reconnecting',
  'idle',
  'busy',
  'asking',
  'paused',
  'interrupting',
  'restarting',
  'dead',
]);

/** A session that the panel can show. */
const panelSessionSchema = v.object({
  session: v.string(),
  title: v.string(),
  interpreterLabel: v.exactOptional(v.string()),
  state: stateSchema,
});
export type PanelSession = v.InferOutput<typeof panelSessionSchema>;

const panelStatusSchema = v.object({
  title: v.string(),
  /** The session that the panel shows; absent for the default session of the evaluator. */
  session: v.exactOptional(v.string()),
  /** All sessions that it can show, if there are several. */
  sessions: v.exactOptional(v.array(panelSessionSchema)),
  /** The evaluator, which also determines the language of the input line. */
  evaluator: v.string(),
  interpreterLabel: v.exactOptional(v.string()),
  interpreterPath: v.exactOptional(v.string()),
  state: stateSchema,
  death: v.exactOptional(v.string()),
  queued: countSchema,
  /** The running command. */
  running: v.exactOptional(countSchema),
});
export type PanelStatus = v.InferOutput<typeof panelStatusSchema>;

const welcomeSchema = v.object({
  title: v.string(),
  detail: v.string(),
  hints: v.array(v.object({ keys: v.array(v.string()), mac: v.exactOptional(v.array(v.string())), does: v.string() })),
  actions: v.array(actionSchema),
});
export type PanelWelcome = v.InferOutput<typeof welcomeSchema>;

/** A match in the document of all output of a command. Lines and columns count from 0. */
const outputPlaceSchema = v.strictObject({ line: countSchema, column: countSchema, length: countSchema });
export type OutputPlace = Readonly<v.InferOutput<typeof outputPlaceSchema>>;

/** The maximum number of matches that the host counts, in all commands together. */
export const MOST_ELSEWHERE = 10_000;

const spliceSchema = v.object({ from: countSchema, lines: linesSchema });

const changeSchema = v.variant('type', [
  v.object({ type: v.literal('status'), status: panelStatusSchema }),
  v.object({ type: v.literal('settings'), settings: panelSettingsSchema }),
  /** A new entry at the end. */
  v.object({ type: v.literal('entry'), entry: entrySchema }),
  /** Entries before all existing ones, in order. */
  v.object({ type: v.literal('earlier'), entries: v.array(entrySchema) }),
  v.object({ type: v.literal('command'), key: countSchema, status: commandStatusSchema }),
  /** A command has cleared its parts. */
  v.object({ type: v.literal('cleared'), key: countSchema }),
  /** A new part of a command, at the end, or a replacement for the part with the same id. */
  v.object({ type: v.literal('part'), key: countSchema, part: partSchema }),
  /**
   * Lines of a text from `from` on, counted from the first line of the text. `head` and `tail` are the two kept pieces;
   * lines of the tail before `first` are no longer kept.
   */
  v.object({
    type: v.literal('text'),
    key: countSchema,
    part: countSchema,
    total: countSchema,
    head: v.exactOptional(spliceSchema),
    tail: v.exactOptional(v.object({ ...spliceSchema.entries, first: countSchema })),
  }),
  /** A form that the webview requested; without data, it is no longer kept. */
  v.object({
    type: v.literal('form'),
    key: countSchema,
    part: countSchema,
    mime: mimeSchema,
    data: v.exactOptional(v.string()),
  }),
  /** Completions from the session for the text of the input line; absent if it did not answer in time. */
  v.object({
    type: v.literal('completions'),
    request: countSchema,
    completions: v.exactOptional(completionsSchema),
  }),
  /** The signature of the call at a position of the input line; without text if there is none. */
  v.object({ type: v.literal('signature'), request: countSchema, text: v.exactOptional(v.string()) }),
  /** The matches of a search in output that the panel does not keep. */
  v.object({
    type: v.literal('foundElsewhere'),
    request: countSchema,
    /** In order, without commands that have no match. */
    commands: v.array(v.object({ key: countSchema, count: countSchema, first: outputPlaceSchema })),
    /** Commands before this one belong to an earlier window: only the panel has their output. */
    since: countSchema,
    /** False if there were too many matches, or part of the search would have taken too long. */
    isAll: v.boolean(),
  }),
  /** A form to be drawn as markup for a page without scripts. */
  v.object({ type: v.literal('draw'), request: countSchema, mime: mimeSchema, data: v.string() }),
  /** The user focused the panel: the focus goes to the element that waits for keys. */
  v.object({ type: v.literal('focus') }),
  /** Text that goes to the cursor of the input line, which has the focus then. */
  v.object({ type: v.literal('insert'), text: sourceSchema }),
  /** The user asked for this entry: it is revealed and focused as soon as it exists. */
  v.object({ type: v.literal('reveal'), key: countSchema }),
  v.object({ type: v.literal('removed'), key: countSchema }),
  /** Entries before `before` are no longer kept; there were `older` commands since the last clear. */
  v.object({ type: v.literal('dropped'), before: countSchema, older: countSchema }),
]);
export type Change = v.InferOutput<typeof changeSchema>;
export type FormChange = Extract<Change, { type: 'form' }>;
export type TextChange = Extract<Change, { type: 'text' }>;
export type FoundElsewhere = Extract<Change, { type: 'foundElsewhere' }>;

const hostMessageSchema = v.variant('type', [
  v.object({
    type: v.literal('snapshot'),
    seq: countSchema,
    /** Entries with lower keys are gone for good. */
    oldest: countSchema,
    /** Differs between windows, and from one start of the same window to the next. */
    window: countSchema,
    status: panelStatusSchema,
    settings: panelSettingsSchema,
    welcome: welcomeSchema,
    older: countSchema,
    /** The number of entries before these, which follow in changes of type 'earlier'. */
    earlier: countSchema,
    entries: v.array(entrySchema),
    /** What was typed in this workspace, oldest first. */
    history: v.array(historyEntrySchema),
  }),
  v.object({ type: v.literal('update'), seq: countSchema, changes: v.array(changeSchema) }),
]);
export type HostMessage = v.InferOutput<typeof hostMessageSchema>;

const ofEntry = { key: countSchema };
const intentSchema = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('ack'), seq: countSchema }),
  v.strictObject({ type: v.literal('interrupt') }),
  v.strictObject({ type: v.literal('restart') }),
  /** Shows another session. */
  v.strictObject({ type: v.literal('showSession'), session: v.string() }),
  v.strictObject({ type: v.literal('clear') }),
  v.strictObject({ type: v.literal('showLog') }),
  v.strictObject({ type: v.literal('toggleWordWrap') }),
  /** How many characters fit in a line of output: at first, and after each change. */
  v.strictObject({
    type: v.literal('columns'),
    columns: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)),
  }),
  /** Without a session, in the default one of the evaluator. */
  v.strictObject({
    type: v.literal('run'),
    source: sourceSchema,
    evaluator: evaluatorSchema,
    session: v.exactOptional(v.string()),
  }),
  v.strictObject({
    type: v.literal('complete'),
    request: countSchema,
    source: sourceSchema,
    offset: countSchema,
    evaluator: evaluatorSchema,
  }),
  /** About the call whose opening parenthesis ends the text. */
  v.strictObject({
    type: v.literal('signature'),
    request: countSchema,
    source: sourceSchema,
    evaluator: evaluatorSchema,
  }),
  /** Without a text, the input has ended. */
  v.strictObject({
    type: v.literal('answer'),
    ...ofEntry,
    question: countSchema,
    text: v.exactOptional(sourceSchema),
  }),
  v.strictObject({ type: v.literal('commandAction'), ...ofEntry, action: v.picklist(commandActions) }),
  v.strictObject({ type: v.literal('openFrame'), ...ofEntry, part: countSchema, frame: countSchema }),
  /** Opens the file that a line of an output names; `place` counts those in the line. */
  v.strictObject({
    type: v.literal('openPlace'),
    ...ofEntry,
    part: countSchema,
    line: countSchema,
    place: countSchema,
  }),
  /** Opens the output at a match of the search. */
  v.strictObject({ type: v.literal('openMatch'), ...ofEntry, place: outputPlaceSchema }),
  /** Searches output that the panel does not keep; without a query, stops searching. */
  v.strictObject({ type: v.literal('find'), request: countSchema, query: v.exactOptional(findQuerySchema) }),
  v.strictObject({
    type: v.literal('form'),
    ...ofEntry,
    part: countSchema,
    mime: mimeSchema,
    action: v.picklist(formActions),
  }),
  /** A form as markup; absent if there is nothing to show. */
  v.strictObject({ type: v.literal('drawn'), request: countSchema, markup: v.exactOptional(v.string()) }),
  v.strictObject({ type: v.literal('noticeAction'), ...ofEntry, action: countSchema }),
  v.strictObject({ type: v.literal('welcomeAction'), action: countSchema }),
]);
export type Intent = v.InferOutput<typeof intentSchema>;

/** A handler for each message of a union; a missing one is a compile error. */
export type HandlersOf<Message extends { readonly type: string }> = {
  readonly [Type in Message['type']]: (message: Extract<Message, { readonly type: Type }>) => void;
};
export type ChangeHandlers = HandlersOf<Change>;
export type IntentHandlers = HandlersOf<Intent>;

/** The message, or undefined if it is invalid and is to be logged and dropped. */
export function parseHostMessage(data: unknown): HostMessage | undefined {
  const result = v.safeParse(hostMessageSchema, data, { abortEarly: true });
  return result.success ? result.output : undefined;
}

/** The intent, or undefined if it is invalid and is to be logged and dropped. */
export function parseIntent(data: unknown): Intent | undefined {
  const result = v.safeParse(intentSchema, data, { abortEarly: true });
  return result.success ? result.output : undefined;
}

/** Calls the handler for the message's type. */
export function dispatch<Message extends { readonly type: string }>(
  handlers: HandlersOf<Message>,
  message: Message,
): void {
  const handler = handlers[message.type as Message['type']] as (message: Message) => void;
  handler(message);
}
