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

/** How much is saved, in characters. */
export interface TranscriptBounds {
  /** Of all entries without their forms; older entries are only counted. */
  readonly characters: number;
  /** Of the text of a part. */
  readonly partCharacters: number;
  /** Of all images and tables, the newest first. */
  readonly formCharacters: number;
  /** Of one of them. */
  readonly formData: number;
}

export const MOST_FORM_DATA = 400_000;
/** What is kept when the window is reloaded. */
const usualBounds: TranscriptBounds = {
  characters: 1_000_000,
  partCharacters: 20_000,
  formCharacters: 2_000_000,
  formData: MOST_FORM_DATA,
};

export interface History {
  readonly entries: readonly Entry[];
  readonly older: number;
}

/** Serializes the transcript, within bounds. */
export function saveTranscript(entries: readonly Entry[], older: number, bounds = usualBounds): string {
  const kept: string[] = [];
  let characters = 0;
  const room: Room = { left: bounds.formCharacters, bounds };
  for (const entry of entries.toReversed()) {
    const before = room.left;
    const text = JSON.stringify(trimmed(entry, room));
    characters += text.length - (before - room.left);
    if (characters > bounds.characters) break;
    kept.unshift(text);
  }
  const left = entries.slice(0, entries.length - kept.length).filter((entry) => entry.type === 'command').length;
  return `{"version":${String(VERSION)},"older":${String(older + left)},"entries":[${kept.join(',')}]}`;
}

/** What ended the commands that had not ended when the transcript was saved. */
type End = 'window reloaded' | 'saved while running';

/** Restores the transcript as the history of a session that has ended. Undefined if the text is invalid. */
export function restoreTranscript(saved: string, end: End = 'window reloaded'): History | undefined {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), savedSchema), saved);
  if (!result.success) return undefined;
  const { entries, older } = result.output;
  return { older, entries: entries.map((entry) => settled(entry, end)) };
}

interface Room {
  /** For forms, in characters. */
  left: number;
  readonly bounds: TranscriptBounds;
}

function trimmed(entry: Entry, room: Room): Entry {
  if (entry.type !== 'command') return entry;
  return { ...entry, parts: entry.parts.map((part) => withFewerForms(trimmedPart(part, room.bounds), room)) };
}

/** Without data there is nothing to be drawn, opened or run. */
function withFewerForms(part: Part, room: Room): Part {
  if (part.type === 'error' || !part.forms) return part;
  const drawn = part.forms.drawn.map((form) => {
    const { mime, size, width, height, data } = form;
    if (data !== undefined && data.length <= room.bounds.formData && data.length <= room.left) {
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

function trimmedPart(part: Part, { partCharacters }: TranscriptBounds): Part {
  if (part.type === 'error') return part;
  const { head, tail, total } = part.text;
  const room = { left: partCharacters };
  const fits = (line: (typeof head)[number]): boolean => (room.left -= sizeOf(line) + 1) >= 0;
  const firstOut = head.findIndex((line) => !fits(line));
  if (firstOut >= 0) return { ...part, text: { head: head.slice(0, firstOut), tail: [], total } };
  const lastOut = tail.findLastIndex((line) => !fits(line));
  return { ...part, text: { head, tail: tail.slice(lastOut + 1), total } };
}

/**
 * Commands that were running or queued when the transcript was saved have ended, and the buttons of notices no longer
 * work.
 */
function settled(entry: Entry, end: End): Entry {
  switch (entry.type) {
    case 'command':
      return { ...entry, status: { ...entry.status, open: false, state: settledState(entry, end) } };
    case 'notice':
      return { ...entry, actions: [] };
    case 'divider':
      return entry;
  }
}

function settledState({ status: { state } }: CommandEntry, detail: End): CommandState {
  const neverBegan = state.kind === 'queued' || (state.kind === 'left' && state.elapsedMs === undefined);
  if (neverBegan) return { kind: 'cancelled' };
  if (state.kind === 'running' || state.kind === 'paused' || state.kind === 'asking' || state.kind === 'left')
    return { kind: 'died', elapsedMs: state.elapsedMs ?? 0, detail };
  return state;
}
