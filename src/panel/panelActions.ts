import type { Completions } from '../protocol/output.js';
import type { NoticeAction } from '../host/notice.js';
import type { Command, Origin } from '../host/sessions/command.js';

/** A submitted command without its results: enough to run it again, also after the window was reloaded. */
export type RepeatableCommand = Command;

/**
 * What the panel needs from the rest of the extension. The webview only names entries, parts and frames by number, and
 * the panel looks up what they stand for, so no path and no VS Code command can come from the webview.
 */
export interface PanelActions {
  interrupt(): void;
  restart(): void;
  /** Makes a session the current one, which the panel shows. */
  showSession(session: string): void;
  clear(): void;
  openOrigin(origin: Origin): void;
  /**
   * `file` is what the session reported (a path, a URI, or a name such as '<stdin>'); `line` counts from 1.
   */
  openFrame(file: string, line: number, session: string): void;
  /** A traceback links to a command that is not in the panel. */
  missCommand(number: number): void;
  /** Runs text from the input line in a session, or in the default one of an evaluator. */
  runInput(source: string, evaluator: string, session?: string): void;
  /** Completions at an offset of the typed text, or undefined if there is no answer soon. */
  complete(source: string, offset: number, evaluator: string): Promise<Completions | undefined>;
  /** The signature of the call at the end of a source, or undefined if there is no answer soon. */
  signature(source: string, evaluator: string): Promise<string | undefined>;
  runAgain(command: RepeatableCommand): void;
  /** Opens the frames of the command's error in VS Code's debugger. */
  debugError(key: number): void;
  showLog(): void;
  /** The panel has measured how many characters fit in a line of output. */
  setColumns(columns: number): void;
  /** Word wrap is a setting, so that it also applies to the next panel. */
  toggleWordWrap(): void;
  /** Runs the command of a button in a notice or in the empty panel. Only names that the host put there arrive here. */
  vscodeCommand(name: string, args: readonly unknown[]): void;
}

/** Keys and what they do, for the empty panel. `mac` replaces `keys` on macOS. */
export interface KeyHint {
  readonly keys: readonly string[];
  readonly mac?: readonly string[];
  readonly does: string;
}

/** The content of an empty panel. */
export interface Welcome {
  readonly title: string;
  readonly detail: string;
  readonly hints: readonly KeyHint[];
  readonly actions: readonly NoticeAction[];
}
