import type * as vscode from 'vscode';
import { filenameOf } from '../../host/filename.js';
import type { ErrorInfo, Frame } from '../../protocol/output.js';
import type { Failure, Mark } from './mark.js';

/**
 * Where in the document an error belongs: to the innermost level of its traceback that stands there, else to the last
 * line of the code that was submitted.
 *
 * @param submittedAt the line, counting from 0, at which the code stood when it was submitted
 */
export function findFailure(
  error: ErrorInfo,
  { uri, lines, text }: Mark,
  { document, submittedAt }: { readonly document: vscode.TextDocument; readonly submittedAt: number },
): Failure {
  const file = filenameOf(uri);
  const frame = error.frames.findLast((each) => each.file === file);
  const line = frame && lineNow(frame, { lines, text, submittedAt });
  if (!frame || line === undefined || line >= document.lineCount) {
    const { lastLine, lastCharacter } = lines;
    return { error, lines: { firstLine: lastLine, lastLine, lastCharacter } };
  }
  const lastCharacter = document.lineAt(line).text.length;
  return { error, frame, lines: { firstLine: line, lastLine: line, lastCharacter } };
}

/** The evaluator knows the lines as they were. Those of the code itself are followed since; others are taken as they are. */
function lineNow(
  { line }: Frame,
  { lines, text, submittedAt }: Pick<Mark, 'lines' | 'text'> & { readonly submittedAt: number },
): number {
  const then = line - 1;
  const wasWithin = then >= submittedAt && then < submittedAt + text.split('\n').length;
  return wasWithin ? Math.min(then - submittedAt + lines.firstLine, lines.lastLine) : then;
}
