import * as vscode from 'vscode';
import type { ExtResults } from '../../engine/extResults.js';
import type { Command, ShownText } from '../../host/sessions/command.js';
import { setting } from '../../host/settings.js';
import type { CommandContext } from '../commandContext.js';

/** A piece of a document. `firstLine` counts from 0. */
export interface DocumentCode {
  readonly code: string;
  readonly firstLine: number;
}

/** Text of a document that is shown rather than run. Lines count from 0, both ends included. */
export interface DocumentText {
  readonly markdown: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

export type DocumentPiece = DocumentCode | DocumentText;

/** Runs a piece of a document in the session, and shows the panel. */
export function runCode(
  { sessions, panel }: CommandContext,
  document: vscode.TextDocument,
  piece: DocumentCode,
): Promise<ExtResults | undefined> {
  showPanel(panel);
  return sessions.execute(commandOf(document, piece));
}

/** Queues several pieces at once. The first that does not succeed cancels those after it. */
export async function runInOrder(
  { sessions, panel }: CommandContext,
  document: vscode.TextDocument,
  pieces: readonly DocumentPiece[],
): Promise<void> {
  showPanel(panel);
  const rest = new AbortController();
  // If code must not run, one message is enough.
  const sent = vscode.workspace.isTrusted ? pieces : pieces.slice(0, 1);
  const all = await Promise.all(
    sent.map((piece) =>
      'markdown' in piece
        ? sessions.show(textOf(document, piece))
        : sessions.execute(commandOf(document, piece), { signal: rest.signal }),
    ),
  );
  for (const results of all) {
    if (!results) continue;
    const abortUnlessOk = () => {
      if (results.done && results.outcome?.status !== 'ok') rest.abort();
    };
    results.onDidChangeState(abortUnlessOk);
    abortUnlessOk();
  }
}

export function showPanel(panel: CommandContext['panel']): void {
  if (vscode.workspace.isTrusted && setting('panel.openOnRun')) panel.show();
}

export function commandOf(document: vscode.TextDocument, { code, firstLine }: DocumentCode): Command {
  const lastLine = firstLine + code.split(/\r\n|\r|\n/).length - 1;
  const origin = { uri: document.uri.toString(), firstLine, lastLine };
  return { source: code, languageId: document.languageId, origin };
}

function textOf(document: vscode.TextDocument, { markdown, firstLine, lastLine }: DocumentText): ShownText {
  return { markdown, languageId: document.languageId, origin: { uri: document.uri.toString(), firstLine, lastLine } };
}
