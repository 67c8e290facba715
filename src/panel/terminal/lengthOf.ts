import type { Line } from '../../protocol/panelEntries.js';
import { plainLine } from '../../protocol/plainLine.js';

/** A line can have thousands of runs, and a program can move over it again and again. */
const known = new WeakMap<object, number>();

/** The number of characters of a line. */
export function lengthOf(line: Line): number {
  if (typeof line === 'string') return line.length;
  const found = known.get(line);
  if (found !== undefined) return found;
  const { length } = plainLine(line);
  known.set(line, length);
  return length;
}

/** In characters: what each further run of a line takes to send and to draw, beside its text. */
const RUN = 10;

/** What a line takes to keep, to send and to draw, in characters. */
export function sizeOf(line: Line): number {
  return typeof line === 'string' ? line.length : lengthOf(line) + RUN * Math.max(0, line.runs.length - 1);
}
