import * as vscode from 'vscode';
import type { CommandContext } from '../commandContext.js';
import { sourceEditor, tellNothingToRun } from '../sourceEditor.js';
import { showPanel } from './runCode.js';
import { splitArguments } from './splitArguments.js';

const KEY = 'fileArguments';
const MOST_FILES = 500;

/**
 * Saves the file and runs it in a process of its own, with the arguments that it was given last.
 *
 * @param argument from a key binding: `{ "args": ["--epochs", "3"] }` are the arguments
 */
export async function runFile(context: CommandContext, argument: unknown): Promise<void> {
  const given = (argument as { readonly args?: unknown } | undefined)?.args;
  const args = Array.isArray(given) && given.every((each) => typeof each === 'string') ? given : undefined;
  const document = await savedDocument();
  if (document) await run(context, document, args ?? splitArguments(lastArguments(context, document)));
}

/** As `runFile`, with arguments that the user types. */
export async function runFileWithArguments(context: CommandContext): Promise<void> {
  const document = await savedDocument();
  if (!document) return;
  const line = await vscode.window.showInputBox({
    title: vscode.l10n.t('Arguments for {0}', vscode.workspace.asRelativePath(document.uri)),
    value: lastArguments(context, document),
    prompt: vscode.l10n.t('Separated by spaces; quotes keep spaces.'),
  });
  if (line === undefined) return;
  await rememberArguments(context, document, line);
  await run(context, document, splitArguments(line));
}

async function rememberArguments(
  { memory }: CommandContext,
  { uri }: vscode.TextDocument,
  line: string,
): Promise<void> {
  const file = uri.toString();
  const others = Object.entries(memory.get<Record<string, string>>(KEY, {})).filter(([other]) => other !== file);
  await memory.update(KEY, Object.fromEntries([...others, [file, line]].slice(-MOST_FILES)));
}

function lastArguments({ memory }: CommandContext, { uri }: vscode.TextDocument): string {
  return memory.get<Record<string, string>>(KEY, {})[uri.toString()] ?? '';
}

/** The file of the editor, as it is on disk now; undefined if there is none, or the user does not save it. */
async function savedDocument(): Promise<vscode.TextDocument | undefined> {
  const document = sourceEditor()?.document;
  if (!document) tellNothingToRun();
  else if (document.uri.scheme !== 'file') {
    void vscode.window.showWarningMessage(vscode.l10n.t('Save the file before you run it in a process of its own.'));
  } else {
    const isDirty = (): boolean => document.isDirty;
    // False, too, if VS Code saves it by itself in the meantime; true before the document knows it.
    const wasSaved = !isDirty() || (await document.save());
    if (wasSaved || !isDirty()) return document;
  }
  return undefined;
}

async function run(
  { panel, files }: CommandContext,
  document: vscode.TextDocument,
  args: readonly string[],
): Promise<void> {
  showPanel(panel);
  const { uri, languageId } = document;
  await files.run({ uri: uri.toString(), languageId, source: document.getText(), args });
}
