import { framesOf, type Entry, type Line, type PanelFrame, type Part } from '../../protocol/panelEntries.js';
import type { Form } from '../../protocol/panelForms.js';

/** A frame of a traceback, counted as the webview counts them. */
export function frameOf(entry: Entry | undefined, part: number, frame: number): PanelFrame | undefined {
  const found = partOf(entry, part);
  return found?.type === 'error' ? framesOf(found)[frame] : undefined;
}

/** A line of a text that is kept, counted from the start of the text. */
export function lineOf(entry: Entry | undefined, part: number, index: number): Line | undefined {
  const found = partOf(entry, part);
  if (!found || found.type === 'error') return undefined;
  const { head, tail, total } = found.text;
  return head[index] ?? tail[index - (total - tail.length)];
}

/** The descriptions of a value's forms. */
export function formsOf(entry: Entry | undefined, part: number): readonly Form[] {
  const found = partOf(entry, part);
  return found && found.type !== 'error' ? (found.forms?.drawn ?? []) : [];
}

function partOf(entry: Entry | undefined, id: number): Part | undefined {
  return entry?.type === 'command' ? entry.parts.find((part) => part.id === id) : undefined;
}
