import { isDeepStrictEqual } from 'node:util';
import type { Interpreter } from '../../interpreters/interpreter.js';
import type { Startup } from '../../interpreters/startup.js';

/** What a session is started with. */
export interface Launch {
  readonly interpreter: Interpreter;
  /** The working directory; empty for the one that a command to another machine chooses. */
  readonly cwd: string;
  /** The modules that are loaded anew when their files have changed. */
  readonly reload: 'all' | readonly string[];
  /** What runs before the first command. */
  readonly startup: Startup;
}

/** The part of a launch that has changed. */
export type LaunchChange = 'interpreter' | 'workingDirectory' | 'environment' | 'autoReload' | 'startup';

/** Undefined if a process that was started earlier does not differ from one that is started now. */
export function launchChange(before: Launch, now: Launch): LaunchChange | undefined {
  if (before.interpreter.path !== now.interpreter.path) return 'interpreter';
  if (!isDeepStrictEqual(before.interpreter.machine, now.interpreter.machine)) return 'interpreter';
  if (before.cwd !== now.cwd) return 'workingDirectory';
  if (!isDeepStrictEqual(before.interpreter.env, now.interpreter.env)) return 'environment';
  if (!isDeepStrictEqual(before.reload, now.reload)) return 'autoReload';
  return isDeepStrictEqual(before.startup, now.startup) ? undefined : 'startup';
}
