import { exitCodeText } from '../../engine/exitCodeText.js';
import type { ExitStatus } from '../../engine/link/childProcess.js';
import type { ExtResults } from '../../engine/extResults.js';
import type { Output } from '../../protocol/output.js';
import { filenameOf } from '../../host/filename.js';
import type { Origin } from '../../host/sessions/command.js';
import type { CommandState, Question, ShownPause } from '../../protocol/panelEntries.js';

export interface CommandProgress {
  readonly results: Pick<ExtResults, 'state' | 'startedAt' | 'outcome'>;
  /** Whether it is a file that runs in a process of its own: it is over when its process is. */
  readonly isRun: boolean;
  readonly end: RunEnd | undefined;
  /** When its session went on with another window. */
  readonly leftAt: number | undefined;
  /** The question that waits for the user. */
  readonly question: Question | undefined;
  /** Where it has stopped in the debugger. */
  readonly pause: ShownPause | undefined;
  readonly now: number;
}

/** How the process of a file ended, and when. */
export interface RunEnd extends ExitStatus {
  readonly at: number;
}

/** The state of a command as the panel shows it. */
export function commandState({ results, isRun, end, leftAt, question, pause, now }: CommandProgress): CommandState {
  const { state, startedAt, outcome } = results;
  if (leftAt !== undefined)
    return { kind: 'left', ...(startedAt === undefined ? {} : { elapsedMs: Math.max(0, leftAt - startedAt) }) };
  if (state === 'queued') return { kind: 'queued' };
  if (state === 'running' || !outcome || (isRun && !end)) {
    const elapsedMs = Math.max(0, now - (startedAt ?? now));
    if (pause) return { kind: 'paused', elapsedMs, at: pause };
    return question ? { kind: 'asking', elapsedMs, question } : { kind: 'running', elapsedMs };
  }
  if (end) return stateOfRun(end, { interrupted: outcome.status === 'interrupted', since: startedAt });
  const elapsedMs = Math.max(0, outcome.durationMs);
  const took = { elapsedMs, ...(outcome.usage ? { usage: outcome.usage } : {}) };
  switch (outcome.status) {
    case 'ok':
      return { kind: 'done', ...took };
    case 'error':
      return { kind: 'failed', ...took };
    case 'interrupted':
      return { kind: 'interrupted', ...took };
    case 'died':
      return {
        kind: 'died',
        elapsedMs,
        detail: outcome.signal ?? `exit code ${outcome.exitCode === null ? '?' : exitCodeText(outcome.exitCode)}`,
      };
    case 'cancelled':
      return { kind: 'cancelled' };
  }
}

function stateOfRun(
  { exitCode, signal, at }: RunEnd,
  { interrupted, since = at }: { readonly interrupted: boolean; readonly since: number | undefined },
): CommandState {
  const elapsedMs = Math.max(0, at - since);
  if (exitCode === null) return { kind: 'died', elapsedMs, detail: signal ?? '?' };
  return { kind: interrupted ? 'interrupted' : exitCode === 0 ? 'done' : 'failed', elapsedMs, exitCode };
}

/** A program shows no value of its last expression, and `sys.exit()` is how one ends. */
export function isShownOfRun(output: Output): boolean {
  return output.type === 'error'
    ? output.exitCode === undefined || !!output.exitMessage
    : output.type !== 'execute_result';
}

/** Where a command has stopped, as the panel shows it: the name of the file if that is not the command's own. */
export function shownPause(
  { file, line }: { readonly file: string; readonly line: number },
  origin: Origin | undefined,
): ShownPause {
  return origin && filenameOf(origin.uri) === file ? { line } : { line, file: file.replace(/^.*[\\/]/, '') };
}
