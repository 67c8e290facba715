import { restoreTranscript, saveTranscript, type TranscriptBounds } from '../panel/model/savedTranscript.js';
import {
  isSafeLink,
  type Entry,
  type Line,
  type PanelFrame,
  type Part,
  type Run,
  type TextBlock,
} from '../protocol/panelEntries.js';
import { PLOTLY_TYPE, type Forms } from '../protocol/panelForms.js';

/** Much more than what is kept for a reload of the window, since the user asks for it. */
const bounds: TranscriptBounds = {
  characters: 16_000_000,
  partCharacters: 1_000_000,
  formCharacters: 32_000_000,
  formData: 8_000_000,
};
/** The longest form that is saved, in characters. */
export const LONGEST_FORM = bounds.formData;

/** What a file has of a session: its entries, and how many commands before them are not kept. */
export interface SavedSession {
  readonly entries: readonly Entry[];
  readonly older: number;
}

export function writeSavedSession(entries: readonly Entry[], older: number): string {
  return saveTranscript(entries, older, bounds);
}

/**
 * Reads the text of a file that may come from anybody. What is left is data to look at: nothing of it runs, names a
 * file to open, or leads anywhere but to a web page or a mailbox. Undefined if it is no saved session.
 */
export function readSavedSession(text: string): SavedSession | undefined {
  const read = restoreTranscript(text, 'saved while running');
  if (!read) return undefined;
  return {
    older: Math.max(0, Math.trunc(read.older)),
    entries: read.entries.map((entry, index) => harmless(entry, index + 1)),
  };
}

/** All entries belong to one session, whatever the file says. */
export const SAVED = 'saved';

function harmless(entry: Entry, key: number): Entry {
  const own = { key, session: SAVED };
  if (entry.type !== 'command') return { ...entry, ...own };
  const { origin: _origin, ...command } = entry;
  return { ...command, ...own, parts: entry.parts.map(harmlessPart) };
}

function harmlessPart(part: Part): Part {
  if (part.type !== 'error') {
    const text = harmlessText(part.text);
    return part.forms ? { ...part, text, forms: harmlessForms(part.forms) } : { ...part, text };
  }
  return {
    ...part,
    frames: part.frames.map(closed),
    ...(part.related
      ? { related: part.related.map((one) => (one.frame ? { ...one, frame: closed(one.frame) } : one)) }
      : {}),
  };
}

/** It opens neither a file nor a command. */
function closed({ command: _command, ...frame }: PanelFrame): PanelFrame {
  return { ...frame, openable: false };
}

function harmlessText({ head, tail, total }: TextBlock): TextBlock {
  return {
    head: head.map(harmlessLine),
    tail: tail.map(harmlessLine),
    total: Math.max(total, head.length + tail.length),
  };
}

function harmlessLine(line: Line): Line {
  return typeof line === 'string' ? line : { ...line, runs: line.runs.map(harmlessRun) };
}

function harmlessRun(run: Run): Run {
  if (typeof run === 'string' || run[1].href === undefined) return run;
  const { href, ...style } = run[1];
  return typeof href === 'string' && isSafeLink(href) ? [run[0], { ...style, href }] : [run[0], style];
}

/** Without what scripts or a session draw: a figure of Plotly is drawn by a script whose path the file would name. */
function harmlessForms({ drawn, undrawn }: Forms): Forms {
  return {
    undrawn,
    drawn: drawn
      .filter(({ mime }) => mime !== PLOTLY_TYPE)
      .map(({ scripts: _scripts, plotlyScript: _plotlyScript, figure: _figure, ...form }) => form),
  };
}
