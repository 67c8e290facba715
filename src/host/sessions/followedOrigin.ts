import * as vscode from 'vscode';
import { followChanges } from '../../text/trackedLines.js';
import type { Disposable } from '../../engine/disposable.js';
import type { Origin } from './command.js';

/** The position of a command, updated after edits. Deleted lines keep their position. */
export interface FollowedOrigin extends Disposable {
  readonly origin: Origin;
}

/** Follows an origin until it is disposed. */
export function followOrigin({ uri, ...at }: Origin): FollowedOrigin {
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
  const lengthOf = (line: number) => (document && line < document.lineCount ? document.lineAt(line).text.length : 0);
  let lines = { ...at, lastCharacter: lengthOf(at.lastLine) };
  const subscription = vscode.workspace.onDidChangeTextDocument(({ document: changed, contentChanges }) => {
    if (changed === document) lines = followChanges(lines, contentChanges, lengthOf)?.lines ?? lines;
  });
  return {
    get origin() {
      return { uri, firstLine: lines.firstLine, lastLine: lines.lastLine };
    },
    dispose: () => void subscription.dispose(),
  };
}
