import { followChanges } from '../../text/trackedLines.js';
import type { DocumentChange } from '../../text/documentChange.js';
import { framesOf, type ErrorPart, type PanelFrame } from '../../protocol/panelEntries.js';

/** Maps a line to its position after edits; lines count from 1. */
export type LineAfter = (line: number) => number;

export type LineNow = (frame: PanelFrame) => number;

/**
 * Maps each line of a document to its position after edits; a deleted line keeps its position. Results are cached,
 * since many tracebacks name the same lines.
 */
export function linesAfter(changes: readonly DocumentChange[]): LineAfter {
  const known = new Map<number, number>();
  return (line) => {
    let after = known.get(line);
    if (after === undefined) known.set(line, (after = followLine(line, changes)));
    return after;
  };
}

/** Most edits are within a line and move no other lines. */
export function movesLines({ range: { start, end }, text }: DocumentChange): boolean {
  return start.line !== end.line || /[\r\n]/.test(text);
}

/** An error with its frames at their current lines, or undefined if none has moved. */
export function movedFrames(error: ErrorPart, lineNow: LineNow): ErrorPart | undefined {
  if (!framesOf(error).some((frame) => frame && lineNow(frame) !== frame.line)) return undefined;
  const moved = (frame: PanelFrame): PanelFrame => atLine(frame, lineNow(frame));
  const related = error.related?.map((one) => (one.frame ? { ...one, frame: moved(one.frame) } : one));
  return { ...error, frames: error.frames.map(moved), ...(related ? { related } : {}) };
}

function atLine(frame: PanelFrame, line: number): PanelFrame {
  if (line === frame.line) return frame;
  return { ...frame, line, label: frame.label.replace(/\d+$/, String(line)) };
}

function followLine(line: number, changes: readonly DocumentChange[]): number {
  const at = line - 1;
  const lines = { firstLine: at, lastLine: at, lastCharacter: Number.MAX_SAFE_INTEGER };
  const followed = followChanges(lines, changes, () => 0);
  return followed ? followed.lines.firstLine + 1 : line;
}
