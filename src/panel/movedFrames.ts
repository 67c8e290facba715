import { followChanges, type TextChange } from '../editor/marks/trackedLines.js';
import { framesOf, type ErrorPart, type PanelFrame } from '../protocol/panelEntries.js';

/** Where a line is after edits; lines count from 1. */
export type LineAfter = (line: number) => number;

/** Where each line of a document is after edits; one that is deleted stays where it was. Many tracebacks name the same lines. */
export function linesAfter(changes: readonly TextChange[]): LineAfter {
  const known = new Map<number, number>();
  return (line) => {
    let after = known.get(line);
    if (after === undefined) known.set(line, (after = followLine(line, changes)));
    return after;
  };
}

/** An error with its frames in a file where edits have moved them; undefined when they stand where they were. */
export function movedFrames(error: ErrorPart, file: string, lineAfter: LineAfter): ErrorPart | undefined {
  const moves = (frame: PanelFrame): boolean => frame.file === file && lineAfter(frame.line) !== frame.line;
  if (!framesOf(error).some((frame) => frame && moves(frame))) return undefined;
  const moved = (frame: PanelFrame): PanelFrame => (moves(frame) ? atLine(frame, lineAfter(frame.line)) : frame);
  const related = error.related?.map((one) => (one.frame ? { ...one, frame: moved(one.frame) } : one));
  return { ...error, frames: error.frames.map(moved), ...(related ? { related } : {}) };
}

function atLine(frame: PanelFrame, line: number): PanelFrame {
  return { ...frame, line, label: frame.label.replace(/\d+$/, String(line)) };
}

function followLine(line: number, changes: readonly TextChange[]): number {
  const at = line - 1;
  const lines = { firstLine: at, lastLine: at, lastCharacter: Number.MAX_SAFE_INTEGER };
  const followed = followChanges(lines, changes, () => 0);
  return followed ? followed.lines.firstLine + 1 : line;
}
