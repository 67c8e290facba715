import type { ExtResults } from '../../engine/extResults.js';

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
export interface SentCommand extends Command {
  /** Undefined when there is no session to run it. */
  readonly results: Promise<ExtResults | undefined>;
}

/** A command as it was handed to a session. */
export interface SubmittedCommand extends Command {
  /** Whose session it is, such as 'javascript' for a command in TypeScript. */
  readonly evaluator: string;
  readonly results: ExtResults;
}
