import * as vscode from 'vscode';
import { filenameOf } from '../../host/filename.js';
import type { ErrorInfo, Frame } from '../../protocol/output.js';
import type { Failure, Mark } from './mark.js';
import { followChanges, type DocumentChange } from '../../text/trackedLines.js';

/**
 * Where in the document an error belongs: to the innermost level of its traceback that stands there, else to the last
 * line of the code that was submitted.
 *
 * @param submittedAt the line, counting from 0, at which the code stood when it was submitted
 */
export function findFailure(
  error: ErrorInfo,
  mark: Mark,
  { document, submittedAt }: { readonly document: vscode.TextDocument; readonly submittedAt: number },
): Failure {
  const file = filenameOf(mark.uri);
  const frame = error.frames.findLast((each) => each.file === file);
  const place = frame && placeNow(frame, mark, submittedAt);
  if (!place || place.line >= document.lineCount) return failureAt(mark.lines.lastLine);
  return { ...failureAt(place.line, place.text), frame };

  function failureAt(line: number, then?: string): Failure {
    const now = document.lineAt(line).text;
    const lines = { firstLine: line, lastLine: line, lastCharacter: now.length };
    return { error, lines, text: then ?? now, isStale: then !== undefined && then !== now };
  }
}

/** A failure after its document has changed; undefined when its line is gone. */
export function followFailure(
  failure: Failure,
  changes: readonly DocumentChange[],
  document: vscode.TextDocument,
): Failure | undefined {
  const lengthOf = (line: number) => (line < document.lineCount ? document.lineAt(line).text.length : 0);
  const followed = followChanges(failure.lines, changes, lengthOf);
  if (!followed) return undefined;
  const { lines, isTouched } = followed;
  if (!isTouched) return { ...failure, lines };
  const text = document.getText(new vscode.Range(lines.firstLine, 0, lines.lastLine, Number.MAX_SAFE_INTEGER));
  // Undoing an edit brings it back.
  return { ...failure, lines, isStale: text !== failure.text };
}

/**
 * The evaluator knows the lines as they were. Those of the code itself are followed since, and their text then is known;
 * others are taken as they are.
 */
function placeNow(
  { line }: Frame,
  { lines, text }: Pick<Mark, 'lines' | 'text'>,
  submittedAt: number,
): { readonly line: number; readonly text?: string } {
  const then = line - 1;
  const own = text.split(/\r\n|\r|\n/)[then - submittedAt];
  return own === undefined
    ? { line: then }
    : { line: Math.min(then - submittedAt + lines.firstLine, lines.lastLine), text: own };
}
