import * as vscode from 'vscode';
import type { ExtResults } from '../engine/extResults.js';
import type { Command } from '../host/sessions/command.js';
import { setting } from '../host/settings.js';
import type { CommandContext } from './commandContext.js';

/** A piece of a document. `firstLine` counts from 0. */
export interface DocumentCode {
  readonly code: string;
  readonly firstLine: number;
}

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
  pieces: readonly DocumentCode[],
): Promise<void> {
  showPanel(panel);
  const rest = new AbortController();
  const commands = pieces.map((piece) => commandOf(document, piece));
  // If code must not run, one message is enough.
  const sent = vscode.workspace.isTrusted ? commands : commands.slice(0, 1);
  const all = await Promise.all(sent.map((command) => sessions.execute(command, { signal: rest.signal })));
  for (const results of all) {
    if (!results) continue;
    const abortUnlessOk = () => {
      if (results.done && results.outcome?.status !== 'ok') rest.abort();
    };
    results.onDidChangeState(abortUnlessOk);
    abortUnlessOk();
  }
}

function showPanel(panel: CommandContext['panel']): void {
  if (vscode.workspace.isTrusted && setting('panel.openOnRun')) panel.show();
}

function commandOf(document: vscode.TextDocument, { code, firstLine }: DocumentCode): Command {
  const lastLine = firstLine + code.split(/\r\n|\r|\n/).length - 1;
  const origin = { uri: document.uri.toString(), firstLine, lastLine };
  return { source: code, languageId: document.languageId, origin };
}
