import * as vscode from 'vscode';
import type { ValueNode } from '../variables/variableNode.js';
import { orders, type VariableOrder } from '../variables/variableOrder.js';
import type { CommandContext } from './commandContext.js';

/** What a command of the view's menu is called with. */
function valueNode(argument: unknown): ValueNode | undefined {
  const node = argument as ValueNode | undefined;
  return node?.type === 'value' ? node : undefined;
}

export async function copyVariableName(_context: CommandContext, argument: unknown): Promise<void> {
  const node = valueNode(argument);
  if (node) await vscode.env.clipboard.writeText(node.code ?? node.variable.name);
}

export async function copyVariableValue(_context: CommandContext, argument: unknown): Promise<void> {
  const summary = valueNode(argument)?.variable.summary;
  if (summary !== undefined) await vscode.env.clipboard.writeText(summary);
}

/** Runs the name as a command, so that the panel shows the value as it shows results. */
export async function showVariable({ sessions }: CommandContext, argument: unknown): Promise<void> {
  const code = valueNode(argument)?.code;
  const { evaluator, id } = sessions.current;
  if (code !== undefined) await sessions.execute({ source: code, languageId: evaluator, session: id });
}

export async function deleteVariable({ sessions }: CommandContext, argument: unknown): Promise<void> {
  const name = valueNode(argument)?.path[0];
  if (name === undefined) return;
  const { evaluator, id } = sessions.current;
  const answer = vscode.l10n.t('Delete');
  const question = vscode.l10n.t('Delete the variable {0} of the session?', name);
  if ((await vscode.window.showWarningMessage(question, { modal: true }, answer)) !== answer) return;
  const source = evaluator === 'python' ? `del ${name}` : `delete globalThis[${JSON.stringify(name)}]`;
  await sessions.execute({ source, languageId: evaluator, session: id });
}

export async function sortVariables({ variables }: CommandContext): Promise<void> {
  const labels: Readonly<Record<VariableOrder, string>> = {
    name: vscode.l10n.t('Name'),
    type: vscode.l10n.t('Type'),
    size: vscode.l10n.t('Memory, largest first'),
    recent: vscode.l10n.t('Last changed first'),
  };
  const choices = orders.map((order) => ({ label: labels[order], order }));
  const chosen = await vscode.window.showQuickPick(choices, { placeHolder: vscode.l10n.t('Sort variables by') });
  if (chosen) await variables.sort(chosen.order);
}
