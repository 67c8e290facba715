import * as vscode from 'vscode';
import type { Command } from '../../host/sessions/command.js';
import type { Outcome } from '../../protocol/output.js';
import type { CommandContext } from '../commandContext.js';
import { sourceEditor } from '../sourceEditor.js';

const LAST_EXPRESSION = 'lastExpression';
const SHOWN_CHARACTERS = 200;

/** Shows the value of the selected expression, or of one that the user types, in the panel and in a notification. */
export async function evaluateExpression(context: CommandContext): Promise<void> {
  const command = selectedExpression() ?? (await askForExpression(context));
  if (!command) return;
  if (vscode.workspace.isTrusted) context.panel.show();
  const results = await context.sessions.execute(command);
  if (results) await showOutcome(context, command.languageId, await results.wait());
}

function selectedExpression(): Command | undefined {
  const editor = sourceEditor();
  const source = editor?.document.getText(editor.selection).trim();
  if (!editor || !source) return undefined;
  const { document, selection } = editor;
  const origin = { uri: document.uri.toString(), firstLine: selection.start.line, lastLine: selection.end.line };
  return { source, languageId: document.languageId, origin };
}

/** Prompts for an expression in the language of the visible file, or else of the last used session. */
async function askForExpression({ memory, sessions }: CommandContext): Promise<Command | undefined> {
  const languageId = sourceEditor()?.document.languageId ?? sessions.status.evaluator;
  const language = sessions.of(languageId).status.evaluator === 'python' ? 'Python' : 'JavaScript';
  const remembered = `${LAST_EXPRESSION}.${language}`;
  const last = memory.get<string>(remembered, '');
  const asked = await vscode.window.showInputBox({
    title: vscode.l10n.t('Evaluate Expression'),
    prompt: vscode.l10n.t('Enter a {0} expression to evaluate in the session', language),
    value: last,
    valueSelection: [0, last.length],
  });
  const expression = asked?.trim();
  if (!expression) return undefined;
  await memory.update(remembered, expression);
  return { source: expression, languageId };
}

async function showOutcome({ panel }: CommandContext, languageId: string, outcome: Outcome): Promise<void> {
  if (outcome.status === 'ok') {
    const text = outcome.result?.['text/plain'];
    const value = typeof text === 'string' ? text : languageId === 'python' ? 'None' : 'undefined';
    const copy = vscode.l10n.t('Copy');
    if ((await vscode.window.showInformationMessage(shortened(value), copy)) === copy) {
      await vscode.env.clipboard.writeText(value);
    }
  } else if (outcome.status === 'error') {
    const { name, message } = outcome.error;
    const show = vscode.l10n.t('Open Session Panel');
    const text = shortened(message ? `${name}: ${message}` : name);
    if ((await vscode.window.showErrorMessage(text, show)) === show) panel.show();
  }
}

function shortened(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length < text.length || line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS)} …` : text;
}
