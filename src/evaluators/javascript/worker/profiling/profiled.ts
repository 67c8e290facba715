import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Place } from '../compile/compile.js';
import { scriptNameOf } from '../compile/origin.js';
import { memoryProfiled } from './memoryProfile.js';
import { timeProfiled } from './timeProfile.js';

interface Request {
  readonly source: string;
  readonly profile?: boolean | 'memory' | undefined;
}

/** Runs a command, and adds its profile to `kept`. */
export function profiled<Result>(
  run: () => Promise<Result>,
  { source, profile, filename, firstLine }: Request & Place,
  kept: { profile?: string },
): Promise<Result> {
  const name = scriptNameOf(filename);
  const url = path.isAbsolute(name) ? pathToFileURL(name).href : name;
  const keep = (text: string): void => void (kept.profile = text);
  const profiling = { end: { url, line: firstLine + source.split('\n').length - 1 }, keep };
  return profile === 'memory' ? memoryProfiled(run, profiling) : timeProfiled(run, profiling);
}
