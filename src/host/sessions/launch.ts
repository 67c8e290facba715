import { isDeepStrictEqual } from 'node:util';
import type { Interpreter } from '../interpreters/interpreter.js';

/** What a session is started with. */
export interface Launch {
  readonly interpreter: Interpreter;
  /** The working directory. */
  readonly cwd: string;
  /** The modules that are loaded anew when their files have changed. */
  readonly reload: 'all' | readonly string[];
}

/** The part of a launch that has changed. */
export type LaunchChange = 'interpreter' | 'workingDirectory' | 'environment' | 'autoReload';

/** Undefined if a process that was started earlier does not differ from one that is started now. */
export function launchChange(before: Launch, now: Launch): LaunchChange | undefined {
  if (before.interpreter.path !== now.interpreter.path) return 'interpreter';
  if (before.cwd !== now.cwd) return 'workingDirectory';
  if (!isDeepStrictEqual(before.interpreter.env, now.interpreter.env)) return 'environment';
  return isDeepStrictEqual(before.reload, now.reload) ? undefined : 'autoReload';
}
