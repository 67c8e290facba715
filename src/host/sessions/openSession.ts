import type { ExitStatus } from '../../engine/link/childProcess.js';
import type { ExtSession } from '../../engine/extSession.js';
import { exitText } from '../errorText.js';
import type { Launch } from './launch/launch.js';
import type { OpeningKind, SessionStatus } from './sessionStatus.js';

/** A session that has started, what it was started with, and the file it was started from. */
export interface OpenSession {
  readonly session: ExtSession;
  readonly launch: Launch;
  readonly uri: string | undefined;
  /** How long it goes on without a window, in milliseconds; 0 for not at all. */
  readonly keepAliveMs: number;
}

/** A session's process, as the sessions view shows it. */
export interface OpenProcess {
  readonly pid: number | undefined;
  readonly cwd: string;
  readonly keepAliveMs: number;
  /** Where it is, if that is another machine. */
  readonly there?: FarPlace;
  readonly running?: RunningCommand;
}

/** Another machine. */
export interface FarPlace {
  /** For users, such as 'node7'. */
  readonly machine: string;
  /** The folder that was chosen for the session; undefined if nobody has. */
  readonly folder?: string;
}

export interface RunningCommand {
  readonly source: string;
  /** In milliseconds since 1970. */
  readonly startedAt: number;
}

export type LanguageSessionState =
  | { readonly kind: 'none' }
  | { readonly kind: 'opening'; readonly as: OpeningKind; readonly opened: Promise<OpenSession | undefined> }
  | ({ readonly kind: 'open'; readonly death?: ExitStatus } & OpenSession);

/** The session, if it can currently be asked about its namespace. */
export function liveOf(state: LanguageSessionState): ExtSession | undefined {
  const session = state.kind === 'open' ? state.session : undefined;
  return session?.state === 'idle' || session?.state === 'busy' ? session : undefined;
}

/** What a status says about the session itself. */
export function statusOf(
  state: LanguageSessionState,
  running: { readonly isAsking: boolean; readonly isPaused: boolean },
): Omit<SessionStatus, 'title' | 'evaluator'> {
  if (state.kind === 'none') return { state: 'none' };
  if (state.kind === 'opening') return { state: state.as };
  const { session, launch, death } = state;
  const { environment, machine } = launch.interpreter;
  const { name, version, executable } = session.info;
  const label = [`${name} ${version.split('.', 2).join('.')}`, environment, machine?.name];
  return {
    interpreterLabel: label.filter((part) => part !== undefined).join(' · '),
    interpreterPath: [...(machine?.command ?? []), executable].join(' '),
    state: session.state === 'busy' ? busyState(running) : session.state,
    ...(death ? { death: exitText(death) } : {}),
  };
}

function busyState({ isAsking, isPaused }: { readonly isAsking: boolean; readonly isPaused: boolean }) {
  if (isAsking) return 'asking';
  return isPaused ? 'paused' : 'busy';
}

/** How the session is seen from outside; undefined if it has no process. */
export function processOf(state: LanguageSessionState, running: RunningCommand | undefined): OpenProcess | undefined {
  if (state.kind !== 'open' || state.session.state === 'dead') return undefined;
  const { session, launch, keepAliveMs } = state;
  const there = placeOf(state);
  return {
    pid: session.pid,
    cwd: launch.cwd,
    keepAliveMs,
    ...(there ? { there } : {}),
    ...(running ? { running } : {}),
  };
}

/** Where a session is, if that is another machine. */
export function placeOf({ session, launch }: OpenSession): FarPlace | undefined {
  const { machine } = launch.interpreter;
  if (!machine) return undefined;
  const folder = launch.cwd === '' ? undefined : session.info.cwd;
  return { machine: machine.name, ...(folder ? { folder } : {}) };
}
