import type { Line } from './panelEntries.js';

/** The text of a line without its styles. */
export function plainLine(line: Line): string {
  return typeof line === 'string' ? line : line.runs.map((run) => (typeof run === 'string' ? run : run[0])).join('');
}
