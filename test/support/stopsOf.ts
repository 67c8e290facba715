import type { ExtResults, ExtSession } from '../../src/library.js';
import { DebugClient } from './debugClient.js';

interface StopsOptions {
  readonly filename: string;
  readonly firstLine?: number;
  readonly folders: readonly string[];
  /** By file. */
  readonly breakpoints?: Readonly<Record<string, readonly object[]>>;
  /** The filters of the Breakpoints view. */
  readonly exceptions?: readonly string[];
}

/** Runs Python code to its end with a debugger that lets it go on; the innermost frames where it has stopped. */
export async function stopsOf(
  session: ExtSession,
  source: string,
  { filename, firstLine = 1, folders, breakpoints = {}, exceptions = [] }: StopsOptions,
): Promise<{ stops: string[]; results: ExtResults }> {
  const client = new DebugClient(folders);
  const results = session.execute(source, { filename, firstLine, debugger: await client.place() });
  await client.begin(breakpoints, { exceptions });
  const ended = results.wait();
  const stops: string[] = [];
  for (;;) {
    // The connection ends with the command.
    const stop = await Promise.race([client.stop().catch(() => ended), ended]);
    if (!('at' in stop)) return { stops, results };
    stops.push(stop.at[0] ?? '');
    await client.request('continue', { threadId: stop.threadId });
  }
}
