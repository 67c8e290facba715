import type { ExtResults } from '../../engine/extResults.js';
import type { ErrorInfo, Frame } from '../../protocol/output.js';
import type { TrackedLines } from '../../text/trackedLines.js';

/** What the gutter says of code that was submitted. */
export type MarkState = 'queued' | 'running' | 'done' | 'failed' | 'stale';

/** Code of a document that was submitted, where it stands now, and what came of it. */
export interface Mark {
  /** Stays the same while all else changes. */
  readonly id: number;
  readonly uri: string;
  readonly languageId: string;
  /** Its text in the document when it was submitted. */
  readonly text: string;
  /** Absent as long as the session for it is not there yet. */
  readonly results?: ExtResults;
  readonly lines: TrackedLines;
  /** Its text has changed since. */
  readonly isStale: boolean;
  /** The person does not want to see its result in the text any more. */
  readonly isCleared: boolean;
  readonly failure?: Failure;
}

/** An error of the person's code, at a line of their document. */
export interface Failure {
  readonly error: ErrorInfo;
  /** The level of the traceback that stands in the document, when one does. */
  readonly frame?: Frame;
  readonly lines: TrackedLines;
  /** The text of these lines when the code was submitted. */
  readonly text: string;
  /** Their text has changed since. */
  readonly isStale: boolean;
}

type Lines = Omit<TrackedLines, 'lastCharacter'>;

export function stateOf({ results, isStale }: Mark): MarkState {
  if (!results) return 'queued';
  if (results.state !== 'done') return results.state;
  if (isStale) return 'stale';
  return results.outcome?.status === 'ok' ? 'done' : 'failed';
}

/** The line at whose end the result stands: the failing one, when that is part of the code. */
export function resultLine({ lines, failure }: Mark): number {
  const line = failure?.lines.firstLine;
  return line !== undefined && line >= lines.firstLine && line <= lines.lastLine ? line : lines.lastLine;
}

/** Whether a mark gives way to one on these lines: it lies within them, or would stand where the new one does. */
export function givesWay({ lines }: Mark, { firstLine, lastLine }: Lines): boolean {
  const isWithin = lines.firstLine >= firstLine && lines.lastLine <= lastLine;
  return isWithin || lines.firstLine === firstLine || lines.lastLine === lastLine;
}

/** What stays of a mark when other code runs on these lines: nothing that was told there of its error. */
export function withoutErrorOn(mark: Mark, { firstLine, lastLine }: Lines): Mark {
  const isOn = (line: number) => line >= firstLine && line <= lastLine;
  const { failure, ...rest } = mark;
  if (!failure || !isOn(failure.lines.firstLine)) return mark;
  return { ...rest, isCleared: mark.isCleared || isOn(resultLine(mark)) };
}
