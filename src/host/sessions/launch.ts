import { isDeepStrictEqual } from 'node:util';
import type { Interpreter } from '../interpreters/interpreter.js';

/** What a session is started with. */
export interface Launch {
  readonly interpreter: Interpreter;
  /** The folder that it runs in. */
  readonly cwd: string;
}

/** What of a launch is no longer as it was. */
export type LaunchChange = 'interpreter' | 'workingDirectory' | 'environment';

/** Undefined when a process that was started before is as good as one that is started now. */
export function launchChange(before: Launch, now: Launch): LaunchChange | undefined {
  if (before.interpreter.path !== now.interpreter.path) return 'interpreter';
  if (before.cwd !== now.cwd) return 'workingDirectory';
  return isDeepStrictEqual(before.interpreter.env, now.interpreter.env) ? undefined : 'environment';
}
