import type { ExtResults } from '../engine/extResults.js';

/** Where a command came from in the editor. Lines count from 0. */
export interface Origin {
  readonly uri: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** What a person submits. */
export interface Command {
  readonly source: string;
  readonly languageId: string;
  readonly origin?: Origin;
}

/** A command that the person has sent, and that may still wait for its session to start. */
export interface CommandOnItsWay extends Command {
  /** Undefined when there is no session to run it. */
  readonly results: Promise<ExtResults | undefined>;
}

/** A command as it was handed to a session. */
export interface SubmittedCommand extends Command {
  /** Whose session it is, such as 'javascript' for a command in TypeScript. */
  readonly evaluator: string;
  readonly results: ExtResults;
}

/** What the panel's header says about the session. */
export interface SessionStatus {
  readonly title: string;
  /** What it runs, such as 'python': one of its languages' identifiers. */
  readonly evaluator: string;
  /** Such as 'Python 3.12 · .venv'; absent until an evaluator has answered. */
  readonly interpreterLabel?: string;
  /** The full path, for the tooltip. */
  readonly interpreterPath?: string;
  /** 'asking' while the running command waits for input(). */
  readonly state: 'none' | 'starting' | 'idle' | 'busy' | 'asking' | 'interrupting' | 'restarting' | 'dead';
  /** Such as 'SIGSEGV' or 'exit code 3'; only when dead. */
  readonly death?: string;
}

/** An intent that a notice offers as a button; the host runs the VS Code command of that name. */
export interface NoticeAction {
  readonly title: string;
  readonly vscodeCommand: string;
  readonly arguments?: readonly unknown[];
  readonly primary?: boolean;
}

/** A message between commands, for a person: what happened and what to do. */
export interface Notice {
  readonly kind: 'died' | 'startFailed' | 'info';
  readonly title: string;
  readonly detail: string;
  readonly actions: readonly NoticeAction[];
}

/** The record that sessions write and the panel shows. Implemented by the panel's model; sessions know nothing of the panel. */
export interface Transcript {
  setStatus(status: SessionStatus): void;
  /** Adds a command and follows its results until they are closed. */
  add(command: SubmittedCommand): void;
  /** A divider: what stands above it of that evaluator belongs to an earlier process. */
  divide(kind: 'restarted' | 'started', evaluator: string): void;
  notify(notice: Notice): void;
  clear(): void;
}
