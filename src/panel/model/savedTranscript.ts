import * as v from 'valibot';
import {
  entrySchema,
  type CommandEntry,
  type CommandState,
  type Entry,
  type Part,
} from '../../protocol/panelEntries.js';
import { sizeOf } from '../terminal/lengthOf.js';

const VERSION = 1;
const savedSchema = v.object({ version: v.literal(VERSION), older: v.number(), entries: v.array(entrySchema) });

/** The size that is kept when the window is reloaded; older entries are only counted. */
const MOST_CHARACTERS = 1_000_000;
const MOST_TEXT_CHARACTERS = 20_000;
/** The additional size for images and tables, the newest first, none longer than `mostFormData`. */
const MOST_FORM_CHARACTERS = 2_000_000;
export const MOST_FORM_DATA = 400_000;

export interface History {
  readonly entries: readonly Entry[];
  readonly older: number;
}

/** Serializes the transcript, within bounds. */
export function saveTranscript(entries: readonly Entry[], older: number): string {
  const kept: string[] = [];
  let characters = 0;
  const room: Room = { left: MOST_FORM_CHARACTERS };
  for (const entry of entries.toReversed()) {
    const before = room.left;
    const text = JSON.stringify(trimmed(entry, room));
    characters += text.length - (before - room.left);
    if (characters > MOST_CHARACTERS) break;
    kept.unshift(text);
  }
  const left = entries.slice(0, entries.length - kept.length).filter((entry) => entry.type === 'command').length;
  return `{"version":${String(VERSION)},"older":${String(older + left)},"entries":[${kept.join(',')}]}`;
}

/** Restores the transcript as the history of a session that has ended. Undefined if the text is invalid. */
export function restoreTranscript(saved: string): History | undefined {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), savedSchema), saved);
  if (!result.success) return undefined;
  const { entries, older } = result.output;
  return { older, entries: entries.map(settled) };
}

interface Room {
  left: number;
}

function trimmed(entry: Entry, room: Room): Entry {
  if (entry.type !== 'command') return entry;
  return { ...entry, parts: entry.parts.map((part) => withFewerForms(trimmedPart(part), room)) };
}

/** Without data there is nothing to be drawn, opened or run. */
function withFewerForms(part: Part, room: Room): Part {
  if (part.type === 'error' || !part.forms) return part;
  const drawn = part.forms.drawn.map((form) => {
    const { mime, size, width, height, data } = form;
    if (data !== undefined && data.length <= MOST_FORM_DATA && data.length <= room.left) {
      room.left -= data.length;
      return form;
    }
    return {
      mime,
      size,
      ...(width === undefined || height === undefined ? {} : { width, height }),
      lost: true as const,
    };
  });
  return { ...part, forms: { ...part.forms, drawn } };
}

function trimmedPart(part: Part): Part {
  if (part.type === 'error') return part;
  const { head, tail, total } = part.text;
  const room = { left: MOST_TEXT_CHARACTERS };
  const fits = (line: (typeof head)[number]): boolean => (room.left -= sizeOf(line) + 1) >= 0;
  const firstOut = head.findIndex((line) => !fits(line));
  if (firstOut >= 0) return { ...part, text: { head: head.slice(0, firstOut), tail: [], total } };
  const lastOut = tail.findLastIndex((line) => !fits(line));
  return { ...part, text: { head, tail: tail.slice(lastOut + 1), total } };
}

/**
 * Commands that were running or queued when the window closed have ended, and the buttons of notices no longer work.
 */
function settled(entry: Entry): Entry {
  switch (entry.type) {
    case 'command':
      return { ...entry, status: { ...entry.status, open: false, state: settledState(entry) } };
    case 'notice':
      return { ...entry, actions: [] };
    case 'divider':
      return entry;
  }
}

function settledState({ status: { state } }: CommandEntry): CommandState {
  if (state.kind === 'queued') return { kind: 'cancelled' };
  if (state.kind === 'running' || state.kind === 'paused' || state.kind === 'asking' || state.kind === 'left')
    return { kind: 'died', elapsedMs: state.elapsedMs, detail: 'window reloaded' };
  return state;
}
