import type { Completions } from '../protocol/output.js';
import type { NoticeAction } from '../host/notice.js';
import type { Command, Origin } from '../host/sessions/command.js';

/** What a person submitted, without what came of it: enough to run it again, also after a window reload. */
export type RepeatableCommand = Command;

/**
 * What the panel asks of the rest of the extension. The webview names only entries, parts and frames by number; the
 * panel looks up what they stand for, so no path and no VS Code command can come from the webview.
 */
export interface PanelActions {
  interrupt(): void;
  restart(): void;
  clear(): void;
  openOrigin(origin: Origin): void;
  /** `file` is what the evaluator reported (a path, an URI, or a name such as '<stdin>'); `line` counts from 1. */
  openFrame(file: string, line: number): void;
  /** A traceback leads to a command that the panel does not have. */
  missCommand(number: number): void;
  /** Runs what was typed in the panel in the language of an evaluator. */
  runInput(source: string, evaluator: string): void;
  /** What may stand at a place of what is being typed; undefined when nobody knows within a moment. */
  complete(source: string, offset: number, evaluator: string): Promise<Completions | undefined>;
  /** How what is called at the end of a source is called; undefined when nobody knows within a moment. */
  signature(source: string, evaluator: string): Promise<string | undefined>;
  runAgain(command: RepeatableCommand): void;
  showLog(): void;
  /** Whether long lines wrap is a setting, so that it holds for the next panel, too. */
  toggleWordWrap(): void;
  /** The button of a notice or of the empty state. Only names that the host itself put there arrive here. */
  vscodeCommand(name: string, args: readonly unknown[]): void;
}

/** A key chord and what it does, for the empty state. `mac` replaces `keys` on macOS. */
export interface KeyHint {
  readonly keys: readonly string[];
  readonly mac?: readonly string[];
  readonly does: string;
}

/** What an empty panel says. */
export interface Welcome {
  readonly title: string;
  readonly detail: string;
  readonly hints: readonly KeyHint[];
  readonly actions: readonly NoticeAction[];
}
