import type { PlotTheme } from '../../protocol/worker.js';
import type { ExtSession } from '../../engine/extSession.js';
import type { Logger } from '../../engine/logger.js';
import type { AttachOptions, ExtSessionOptions } from '../../engine/sessionOptions.js';
import type { SessionReference } from '../../engine/supervised/sessionReference.js';
import type { OnInput } from '../../engine/worker/standardInput.js';
import type { Interpreter } from '../interpreters/interpreter.js';
import type { Startup } from '../interpreters/startup.js';
import type { Notice } from '../notice.js';
import type { BreakpointLead } from './breakpointLead.js';
import type { Command, Origin } from './command.js';
import type { FollowedOrigin } from './followedOrigin.js';
import type { KeptSessions } from './kept/keptSessions.js';
import type { Transcript } from './transcript.js';

export interface LanguageSessionOptions {
  readonly transcript: Transcript;
  /** The language that the session runs. */
  readonly evaluator: string;
  readonly log: Logger;
  /** Identifies the session in its window: the evaluator for its default session. */
  readonly id: string;
  readonly title: string;
  readonly start: (options: ExtSessionOptions) => Promise<ExtSession>;
  readonly attach: (reference: SessionReference, options: AttachOptions) => Promise<ExtSession>;
  /** Where it is kept which sessions go on. */
  readonly kept: KeptSessions;
  /** How long a session goes on without a window, in milliseconds; 0 for not at all. */
  readonly keepAliveMs: () => number;
  /** How long commands may still run after that. */
  readonly keepRunningMs: () => number | undefined;
  /** Whether the transcript is saved, so that results are to be kept until they are in there. */
  readonly savesTranscript: () => boolean;
  readonly findInterpreter: (uri: string | undefined) => Promise<Interpreter>;
  readonly workingDirectory: (uri: string | undefined) => string;
  readonly reloadedModules: () => 'all' | readonly string[];
  readonly findStartup: (uri: string | undefined) => Promise<Startup>;
  /** The width of a line in the panel, in characters, if it is known. */
  readonly columns: () => number | undefined;
  /** The colors that plots are to be drawn in; undefined leaves them to the library that draws. */
  readonly plotTheme: () => PlotTheme | undefined;
  readonly followOrigin: (origin: Origin) => FollowedOrigin;
  /** The paths of the folders of the workspace. */
  readonly foldersHere: () => readonly string[];
  readonly ask: OnInput;
  readonly isTrusted: () => boolean;
  /** How the command gets a debugger when its code asks for one; undefined if it gets none. */
  readonly leadBreakpoints?: (command: Command) => Promise<BreakpointLead | undefined>;
  /** Shows a notice to the user, either in the transcript or elsewhere. */
  readonly report: (notice: Notice) => void;
  readonly warn: (notice: Notice) => void;
}
