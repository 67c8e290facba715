import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtSessionApi, ExtSessionExports } from '../../src/api.js';
import type { SubmittedCommand } from '../../src/host/sessions/command.js';

/** The interface that other extensions use. */
export async function activated(): Promise<ExtSessionApi> {
  const extension = vscode.extensions.getExtension<ExtSessionExports>('extsession.extsession');
  assert.ok(extension, 'the extension is installed');
  return (await extension.activate()).getApi(1);
}

type Place = readonly [line: number, character: number];

/**
 * Opens Python text that was never saved, with the cursor or selection there; lines and characters count from 0. It
 * stays open: VS Code gives the name of a closed one to the next, which may then begin with the text of the old.
 */
export function openPython(content: string, start?: Place, end?: Place): Promise<vscode.TextEditor> {
  return openText('python', content, start, end);
}

/** As {@link openPython}, in another language. */
export async function openText(
  language: string,
  content: string,
  [line, character]: Place = [0, 0],
  [endLine, endCharacter]: Place = [line, character],
): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  editor.selection = new vscode.Selection(line, character, endLine, endCharacter);
  await until(() => vscode.window.activeTextEditor?.document === document);
  return editor;
}

/**
 * Replaces text, or inserts it at a place. VS Code may make another editor for a document, which an edit of the first
 * would miss.
 */
export async function edit(document: vscode.TextDocument, range: vscode.Range | Place, text: string): Promise<void> {
  const change = new vscode.WorkspaceEdit();
  if (range instanceof vscode.Range) change.replace(document.uri, range, text);
  else change.insert(document.uri, new vscode.Position(...range), text);
  assert.ok(await vscode.workspace.applyEdit(change));
}

/** Runs a VS Code command and gives what it hands to the session. */
export async function submittedBy(id: string, ...args: readonly unknown[]): Promise<SubmittedCommand> {
  const api = await activated();
  const submitted = new Promise<SubmittedCommand>((resolve) => {
    const subscription = api.onDidSubmit((command) => {
      subscription.dispose();
      resolve(command);
    });
  });
  // Some commands wait for the user's answer to a message, so their end is not waited for.
  void vscode.commands.executeCommand(id, ...args);
  return submitted;
}

/** Runs a VS Code command and gives the first `count` commands that it hands to the session. */
export async function allSubmittedBy(id: string, count: number): Promise<SubmittedCommand[]> {
  const api = await activated();
  const submitted: SubmittedCommand[] = [];
  const subscription = api.onDidSubmit((command) => submitted.push(command));
  await vscode.commands.executeCommand(id);
  await until(() => submitted.length >= count);
  subscription.dispose();
  return submitted;
}

/** Resolves while a setting has a value, which it has no longer afterwards. */
export async function withSetting(key: string, value: unknown, body: () => Promise<void>): Promise<void> {
  const configuration = () => vscode.workspace.getConfiguration('extsession');
  await configuration().update(key, value, vscode.ConfigurationTarget.Global);
  try {
    await body();
  } finally {
    await configuration().update(key, undefined, vscode.ConfigurationTarget.Global);
  }
}

/** Resolves when the session's state is one of these. */
export async function becomes(...states: readonly string[]): Promise<void> {
  const api = await activated();
  if (states.includes(api.status.state)) return;
  await new Promise<void>((resolve) => {
    const subscription = api.onDidChangeStatus(({ state }) => {
      if (!states.includes(state)) return;
      subscription.dispose();
      resolve();
    });
  });
}

/** The text of a result, when the command ended well. */
export async function valueOf({ results }: SubmittedCommand): Promise<unknown> {
  const outcome = await results.wait();
  assert.equal(outcome.status, 'ok', JSON.stringify(outcome));
  return outcome.result?.['text/plain'];
}

/** Looks again and again. @throws Error before the test's own time is over, so that it never disturbs the next one. */
export async function until(condition: () => boolean | Promise<boolean>, patienceMs = 25_000): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`It did not come about that ${condition.toString()}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
