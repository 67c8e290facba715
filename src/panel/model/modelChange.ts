import type { ExtResults } from '../../engine/extResults.js';
import type { FileRun } from '../../host/sessions/command.js';
import type { LineNow } from './movedFrames.js';
import type { PartChange } from './outputParts.js';

/** A change, for anyone who keeps a copy: a text from a line on, or anything else as a whole. */
export type ModelChange =
  | { readonly type: 'status' }
  | { readonly type: 'entry' | 'command'; readonly key: number }
  /** A command has no parts any more. */
  | { readonly type: 'cleared'; readonly key: number }
  | { readonly type: 'part'; readonly key: number; readonly part: number }
  | { readonly type: 'text'; readonly key: number; readonly part: number; readonly from: number }
  | { readonly type: 'removed'; readonly key: number }
  /** The oldest entries were removed. */
  | { readonly type: 'dropped' }
  /** Nothing in the copy is valid any more. */
  | { readonly type: 'reset' };

/** How a command informs the model about changes. */
export interface CommandListener {
  onStatus(): void;
  onPart(change: PartChange): void;
  /** The command cleared all its output. */
  onClear(): void;
  /** The panel does not need the results any more. */
  onLetGo(results: ExtResults): void;
  /** The current line of a frame, which names the line as it was when its code was submitted. */
  readonly lineNow: LineNow;
  /** It is what was printed as a session started, or the startup commands. */
  readonly isStart?: boolean;
  /** It is what a command of an earlier window has printed since its end. */
  readonly isLate?: boolean;
  /** It is a file that runs in a process of its own. */
  readonly run?: Pick<FileRun, 'exited' | 'stop'>;
}
