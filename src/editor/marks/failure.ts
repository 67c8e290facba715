import type * as vscode from 'vscode';
import { filenameOf } from '../../host/filename.js';
import type { ErrorInfo, Frame } from '../../protocol/output.js';
import type { Failure, Mark } from './mark.js';

/**
 * Finds where in the document an error belongs: the innermost frame of its traceback in the document, or else the last
 * line of the submitted code.
 *
 * @param submittedAt the line, counting from 0, at which the code was when it was submitted
 */
export function findFailure(
  error: ErrorInfo,
  mark: Mark,
  { document, submittedAt }: { readonly document: vscode.TextDocument; readonly submittedAt: number },
): Failure {
  const file = filenameOf(mark.uri);
  const frame = error.frames.findLast((each) => each.file === file);
  const place = frame && placeNow(frame, mark, submittedAt);
  if (!place || place.line < 0 || place.line >= document.lineCount) return failureAt(mark.lines.lastLine);
  return { ...failureAt(place.line, place.text), frame };

  function failureAt(line: number, then?: string): Failure {
    const now = document.lineAt(line).text;
    const lines = { firstLine: line, lastLine: line, lastCharacter: now.length };
    return { error, lines, text: then ?? now, isStale: then !== undefined && then !== now };
  }
}

/**
 * The evaluator reports lines as they were when the code was submitted. The lines of the code itself have been tracked
 * since then, with their text; other lines are used as they are.
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
