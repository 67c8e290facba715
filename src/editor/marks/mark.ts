import type { ExtResults } from '../../engine/extResults.js';
import type { ErrorInfo, Frame } from '../../protocol/output.js';
import type { TrackedLines } from '../../text/trackedLines.js';
import type { TrackedText } from '../../text/trackedText.js';

/** The state of submitted code in the gutter. */
export type MarkState = 'queued' | 'running' | 'paused' | 'done' | 'failed' | 'interrupted' | 'stale';

/** What a mark shows of its results. */
export type MarkedResults = Pick<ExtResults, 'state' | 'done' | 'outcome'>;

/** Submitted code of a document: its current lines, its text when it was submitted, and its result. */
export interface Mark extends TrackedText {
  /** Never changes. Higher for later commands; negative for those of earlier windows. */
  readonly id: number;
  readonly uri: string;
  readonly languageId: string;
  /** The session that runs it; absent if the language has none. */
  readonly session?: string;
  /** Absent until the session has accepted the code. */
  readonly results?: MarkedResults;
  /** What was displayed last, on one line, if anything was. */
  readonly display?: string;
  /** The command's key in the panel, if it ended in an earlier window. */
  readonly key?: number;
  /** It has stopped in the debugger. */
  readonly isPaused?: boolean;
  /** The user has cleared the inline result. */
  readonly isCleared: boolean;
  readonly failure?: Failure;
}

/** An error in the user's code, at a line of the document. */
export interface Failure extends TrackedText {
  readonly error: ErrorInfo;
  /** The frame of the traceback that is in the document, if there is one. */
  readonly frame?: Frame;
}

type Lines = Omit<TrackedLines, 'lastCharacter'>;

export function stateOf({ results, isStale, isPaused = false }: Mark): MarkState {
  if (!results) return 'queued';
  if (results.state === 'running' && isPaused) return 'paused';
  if (results.state !== 'done') return results.state;
  if (isStale) return 'stale';
  const status = results.outcome?.status;
  if (status === 'interrupted' || status === 'cancelled') return 'interrupted';
  return status === 'ok' ? 'done' : 'failed';
}

/** The line that shows the result at its end: the failing line, if it is part of the code. */
export function resultLine({ lines, failure }: Mark): number {
  const line = failure?.lines.firstLine;
  return line !== undefined && line >= lines.firstLine && line <= lines.lastLine ? line : lines.lastLine;
}

/**
 * Whether a new mark on these lines replaces a mark: the mark lies within them, or both would show their results on the
 * same line.
 */
export function givesWay({ lines }: Mark, { firstLine, lastLine }: Lines): boolean {
  const isWithin = lines.firstLine >= firstLine && lines.lastLine <= lastLine;
  return isWithin || lines.firstLine === firstLine || lines.lastLine === lastLine;
}

/** The mark after other code ran on these lines: an error on them is removed. */
export function withoutErrorOn(mark: Mark, { firstLine, lastLine }: Lines): Mark {
  const isOn = (line: number) => line >= firstLine && line <= lastLine;
  const { failure, ...rest } = mark;
  if (!failure || !isOn(failure.lines.firstLine)) return mark;
  return { ...rest, isCleared: mark.isCleared || isOn(resultLine(mark)) };
}

/** At most one mark begins at a line, and at most one result stands at the end of a line, after edits, too. */
export function withoutRivals(marks: readonly Mark[]): readonly Mark[] {
  const first = new Map<number, Mark>();
  for (const mark of marks) {
    const { firstLine } = mark.lines;
    const rival = first.get(firstLine);
    if (!rival || isMoreCurrent(mark, rival)) first.set(firstLine, mark);
  }
  const shown = new Map<number, number>();
  const own = marks.filter((mark) => first.get(mark.lines.firstLine) === mark);
  for (const mark of own.filter(showsResult)) {
    const line = resultLine(mark);
    shown.set(line, Math.max(shown.get(line) ?? -Infinity, mark.id));
  }
  return own.map((mark) =>
    showsResult(mark) && shown.get(resultLine(mark)) !== mark.id ? { ...mark, isCleared: true } : mark,
  );
}

function isMoreCurrent(mark: Mark, other: Mark): boolean {
  return mark.isStale === other.isStale ? mark.id > other.id : !mark.isStale;
}

function showsResult({ results, isStale, isCleared }: Mark): boolean {
  return results?.done === true && !isStale && !isCleared;
}
