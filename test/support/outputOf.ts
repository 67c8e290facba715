import type { ExtSession } from '../../src/library.js';

/** What a command writes to both streams, as code of a file if one is named. */
export async function outputOf(session: ExtSession, source: string, filename?: string): Promise<string> {
  const results = session.execute(source, filename === undefined ? {} : { filename });
  await results.wait();
  return results.stdout + results.stderr;
}
