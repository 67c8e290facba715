import type { ErrorInfo, Frame, Outcome } from '../../protocol/output.js';
import type { CommandEntry, ErrorPart, PanelFrame, TextBlock, TextPart } from '../../protocol/panelEntries.js';
import type { DocumentLines } from '../../text/trackedText.js';
import type { MarkedResults } from './mark.js';
import { plainLine } from '../../protocol/plainLine.js';

/** A command that ended in an earlier window, as the transcript has kept it. */
export type EarlierCommand = Pick<
  CommandEntry,
  'key' | 'number' | 'source' | 'sourceOmitted' | 'languageId' | 'session' | 'origin' | 'status' | 'parts'
>;

/** Whether the command's code is still in its lines. They may have more than that, such as an indentation. */
export function isAsItRan(
  { source, sourceOmitted, origin }: Pick<EarlierCommand, 'source' | 'sourceOmitted' | 'origin'>,
  document: DocumentLines,
): boolean {
  if (!origin || sourceOmitted > 0 || origin.lastLine >= document.lineCount) return false;
  const lines = source.split(/\r\n|\r|\n/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  if (lines.length === 0 || lines.length > origin.lastLine - origin.firstLine + 1) return false;
  return lines.every((line, index) => document.lineText(origin.firstLine + index).includes(line.trim()));
}

/** What is known of the results of a command that is over; undefined if there is nothing to show. */
export function earlierResults(command: EarlierCommand): (MarkedResults & { readonly outcome: Outcome }) | undefined {
  const outcome = outcomeOf(command);
  return outcome && { state: 'done', done: true, outcome };
}

function outcomeOf({ number: executionCount, status: { state }, parts }: EarlierCommand): Outcome | undefined {
  if (state.kind === 'done') {
    const value = parts.findLast((part): part is TextPart => part.type === 'value');
    const result = value && { 'text/plain': textOf(value.text) };
    return { status: 'ok', executionCount, durationMs: state.elapsedMs ?? 0, ...(result ? { result } : {}) };
  }
  const error = parts.findLast((part) => part.type === 'error');
  if ((state.kind !== 'failed' && state.kind !== 'interrupted') || !error) return undefined;
  const status = state.kind === 'failed' ? 'error' : 'interrupted';
  return { status, executionCount, durationMs: state.elapsedMs ?? 0, error: errorOf(error) };
}

/** Only its beginning if the panel has not kept all of it. */
function textOf({ head, tail, total }: TextBlock): string {
  const lines = head.length + tail.length < total ? head : [...head, ...tail];
  return lines.map(plainLine).join('\n');
}

function errorOf({ name, message, frames, traceback }: ErrorPart): ErrorInfo {
  const text = traceback ?? (message === '' ? name : `${name}: ${message}`);
  return { name, message, traceback: text, frames: frames.map(frameOf) };
}

/** The panel's frames follow edits of their files, and so does the command's origin. */
function frameOf({ file, line, function: name, source, mark }: PanelFrame): Frame {
  return {
    file,
    line,
    function: name,
    ...(source === undefined ? {} : { source }),
    ...(mark ? { column: mark.from, endColumn: mark.to } : {}),
  };
}
