import { filenameOf } from '../../host/filename.js';
import type { Origin } from '../../host/sessions/command.js';
import type { PanelFrame } from '../../protocol/panelEntries.js';
import type { DocumentChange } from '../../text/documentChange.js';
import { followChanges } from '../../text/trackedLines.js';
import { baseName } from './errorPart.js';

/** Where the code of a command is in its document: when it was submitted, and now. */
export class CommandOrigin {
  readonly #then: Origin;
  #now: Origin;
  /** The name of the document in tracebacks. */
  readonly #file: string;

  constructor(origin: Origin) {
    this.#then = this.#now = origin;
    this.#file = filenameOf(origin.uri);
  }

  get now(): Origin {
    return this.#now;
  }

  /** For example 'train.py:9', with lines counted as in an editor. */
  get label(): string {
    const name = baseName(this.#now.uri.split(/[?#]/, 1)[0] ?? '');
    return `${safelyDecoded(name)}:${String(this.#now.firstLine + 1)}`;
  }

  /** Follows edits of a document, and returns whether the code has moved. Deleted lines keep their position. */
  followEdits(uri: string, changes: readonly DocumentChange[]): boolean {
    const { firstLine, lastLine } = this.#now;
    if (this.#now.uri !== uri) return false;
    const moved = followChanges({ firstLine, lastLine, lastCharacter: Number.MAX_SAFE_INTEGER }, changes, () => 0);
    if (!moved) return false;
    this.#now = { uri, firstLine: moved.lines.firstLine, lastLine: moved.lines.lastLine };
    return moved.lines.firstLine !== firstLine;
  }

  /** The current line of a frame in this code; undefined if the frame is elsewhere. */
  lineNow({ file, line }: PanelFrame): number | undefined {
    const [then, now] = [this.#then, this.#now];
    if (file !== this.#file || line <= then.firstLine || line > then.lastLine + 1) return undefined;
    return Math.min(line - then.firstLine + now.firstLine, now.lastLine + 1);
  }
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
