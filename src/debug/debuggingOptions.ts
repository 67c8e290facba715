import type { ExtResults } from '../engine/extResults.js';
import type { Logger } from '../engine/logger.js';
import type { WindowSessions } from '../host/sessions/windowSessions.js';
import type { PausedAt } from './pausedAt.js';

export interface DebuggingOptions {
  readonly sessions: Pick<WindowSessions, 'execute' | 'onDidSubmit' | 'onDidChangeSession' | 'find' | 'of'>;
  /** The key of a command in the panel, if it is there. */
  readonly keyOf: (results: ExtResults) => number | undefined;
  /** A command has stopped in the debugger, or goes on. */
  readonly onDidPause: (results: ExtResults, at: PausedAt | undefined) => void;
  readonly log: Logger;
}
