import { afterEach, beforeEach } from 'vitest';
import { ExtSession, type ExtResults } from '../../src/library.js';

const PATIENCE_MS = 30_000;

/** The session of the current test. */
export interface EachSession {
  readonly session: ExtSession;
  /** Runs a command to its end. */
  readonly run: (source: string) => Promise<ExtResults>;
}

/** Starts a session for each test of a block, and ends it afterwards. */
export function eachSession(options: Parameters<typeof ExtSession.start>[0]): EachSession {
  let session: ExtSession;
  beforeEach(async () => {
    session = await ExtSession.start(options);
  });
  afterEach(async () => {
    await session.exit();
  });
  return {
    get session() {
      return session;
    },
    run: async (source) => {
      const results = session.execute(source);
      await results.wait({ timeoutMs: PATIENCE_MS });
      return results;
    },
  };
}
