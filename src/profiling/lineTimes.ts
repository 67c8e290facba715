import * as v from 'valibot';
import { filenameOf } from '../host/filename.js';

/** How long a line has run itself, without the functions that it calls. */
export interface LineTime {
  /** From 0. */
  readonly line: number;
  readonly ms: number;
  /** Of the time of the command, from 0 to 1. */
  readonly share: number;
}

const MOST_LINES = 1000; // of a file, the slowest
const LEAST_MS = 1;
const LEAST_SHARE = 0.001;
const count = v.pipe(v.number(), v.finite());
const profileSchema = v.object({
  nodes: v.array(
    v.object({
      id: count,
      callFrame: v.object({ url: v.string() }),
      positionTicks: v.optional(v.array(v.object({ line: count, ticks: count })), []),
    }),
  ),
  startTime: count,
  endTime: count,
  samples: v.optional(v.array(count), []),
  timeDeltas: v.optional(v.array(count), []),
});

/**
 * The times of lines by file, from the text of a `.cpuprofile` file: the time of each function, as the viewer of VS
 * Code counts it, is divided among its lines.
 *
 * @throws an error if the text is no profile
 */
export function lineTimes(text: string): ReadonlyMap<string, readonly LineTime[]> {
  const { nodes, startTime, endTime, samples, timeDeltas } = v.parse(profileSchema, JSON.parse(text));
  const own = new Map<number, number>();
  const rest = endTime - startTime - timeDeltas.reduce((sum, delta) => sum + delta, 0);
  samples.forEach((id, at) => own.set(id, (own.get(id) ?? 0) + Math.max(0, timeDeltas[at + 1] ?? rest)));
  const files = new Map<string, Map<number, number>>();
  for (const { id, callFrame, positionTicks } of nodes) {
    const all = positionTicks.reduce((sum, { ticks }) => sum + ticks, 0);
    if (callFrame.url === '' || all <= 0) continue;
    const file = filenameOf(callFrame.url);
    const lines = files.get(file) ?? new Map<number, number>();
    files.set(file, lines);
    for (const { line, ticks } of positionTicks)
      lines.set(line, (lines.get(line) ?? 0) + ((own.get(id) ?? 0) * ticks) / all / 1000);
  }
  const whole = Math.max(1, (endTime - startTime) / 1000);
  return new Map([...files].map(([file, lines]) => [file, slowest(lines, whole)]));
}

function slowest(lines: ReadonlyMap<number, number>, whole: number): LineTime[] {
  return [...lines]
    .map(([line, ms]) => ({ line: line - 1, ms, share: ms / whole }))
    .filter(({ line, ms, share }) => line >= 0 && ms >= LEAST_MS && share >= LEAST_SHARE)
    .sort((one, other) => other.ms - one.ms)
    .slice(0, MOST_LINES);
}
