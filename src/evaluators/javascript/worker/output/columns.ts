import { inspect } from 'node:util';
import { streams } from './streams.js';

let columns: number | undefined;
let variable: string | undefined;
let { breakLength } = inspect.defaultOptions;

/**
 * Tells programs and their children the width of lines in the panel, from the next command on. What the user has set
 * stays.
 */
export function followColumns(wanted: number | undefined): void {
  if (wanted === undefined || wanted === columns) return;
  for (const stream of streams) if (stream.columns === columns) stream.columns = wanted;
  columns = wanted;
  if (process.env.COLUMNS === variable) process.env.COLUMNS = variable = String(wanted);
  const { defaultOptions } = inspect;
  if (defaultOptions.breakLength === breakLength) defaultOptions.breakLength = breakLength = wanted;
}
