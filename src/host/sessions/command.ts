import type { ExitStatus } from '../../engine/link/childProcess.js';
import type { ExtResults } from '../../engine/extResults.js';

/** The position of a command in the editor. Lines count from 0. */
export interface Origin {
  readonly uri: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** A command that the user submits. */
export interface Command {
  readonly source: string;
  readonly languageId: string;
  readonly origin?: Origin;
  /** The session that is to run it; by default, that of its file, or the default session of its language. */
  readonly session?: string;
}

/** A command that the user has sent, and whose session might not have started yet. */
export interface SentCommand extends Command {
  /** Undefined if there is no session to run it. */
  readonly results: Promise<ExtResults | undefined>;
  /** Whether an earlier window has sent it. */
  readonly isResumed?: boolean;
}

/** A command that was handed to a session. */
export interface SubmittedCommand extends Command {
  /** The evaluator of its session, such as 'javascript' for a command in TypeScript. */
  readonly evaluator: string;
  readonly results: ExtResults;
  /** Whether an earlier window has sent it. */
  readonly isResumed?: boolean;
}

/** Markdown of a document that the user shows, as a notebook does. */
export interface ShownText {
  readonly markdown: string;
  /** The language of the document. */
  readonly languageId: string;
  readonly origin: Origin;
}

/** A file that runs in a process of its own. */
export interface FileRun {
  readonly evaluator: string;
  /** The session that shows it. */
  readonly session?: string;
  /** Its name and its arguments. */
  readonly title: string;
  readonly results: ExtResults;
  /** How the process ended. */
  readonly exited: Promise<ExitStatus>;
  /** Ends the process and those that it has started. */
  stop(): void;
}

/** What was printed by no command of this window: as a session started, by startup commands of the user, or late. */
export interface SessionStart {
  readonly evaluator: string;
  readonly session?: string;
  /** The startup commands; absent for what was printed before them. */
  readonly source?: string;
  readonly results: ExtResults;
  /** It is what a process of a command that ended in an earlier window has written since. */
  readonly isLate?: true;
}
