import * as vscode from 'vscode';
import type { ValueNode } from '../../variables/variableNode.js';
import { variableKinds, type VariableKind } from '../../variables/variableKinds.js';
import { orders, type VariableOrder } from '../../variables/variableOrder.js';
import type { CommandContext } from '../commandContext.js';

/** What a command of the view's menu is called with. */
export function valueNode(argument: unknown): ValueNode | undefined {
  const node = argument as ValueNode | undefined;
  return node?.type === 'value' ? node : undefined;
}

export async function copyVariableName(_context: CommandContext, argument: unknown): Promise<void> {
  const node = valueNode(argument);
  if (node) await vscode.env.clipboard.writeText(node.code ?? node.variable.name);
}

/** The text of the value, or all of a string that the view shows the beginning of. */
export async function copyVariableValue({ variables }: CommandContext, argument: unknown): Promise<void> {
  const node = valueNode(argument);
  const isCut = node?.variable.summary?.endsWith('…');
  const text = (node && isCut ? await variables.codeOf(node) : undefined) ?? node?.variable.summary;
  if (text !== undefined) await vscode.env.clipboard.writeText(text);
}

/** Copies an assignment that makes the variable again, or, for a part of one, its value as code. */
export async function copyVariableAsCode({ variables }: CommandContext, argument: unknown): Promise<void> {
  const node = valueNode(argument);
  const code = node && (await variables.codeOf(node));
  if (code !== undefined)
    await vscode.env.clipboard.writeText(node?.path.length === 1 ? `${node.path[0]} = ${code}` : code);
  else
    void vscode.window.showInformationMessage(vscode.l10n.t('This value is too large or has no short form in code.'));
}

/** Puts the code of a line into the input line of the panel. */
export function addVariableToInput({ panel }: CommandContext, argument: unknown): void {
  const text = valueNode(argument)?.code;
  if (text !== undefined) panel.show({ focus: true, change: { type: 'insert', text } });
}

export function pinVariable(isPinned: boolean) {
  return async ({ variables }: CommandContext, argument: unknown): Promise<void> => {
    const name = valueNode(argument)?.path[0];
    if (name !== undefined) await variables.pin(name, isPinned);
  };
}

/** Runs the name as a command, so that the panel shows the value as it shows results. */
export async function showVariable({ sessions, panel }: CommandContext, argument: unknown): Promise<void> {
  const code = valueNode(argument)?.code;
  if (code === undefined) return;
  const { evaluator, id } = sessions.current;
  panel.show();
  await sessions.execute({ source: code, languageId: evaluator, session: id });
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

export async function filterVariables({ variables }: CommandContext): Promise<void> {
  const labels: Readonly<Record<VariableKind, string>> = {
    table: vscode.l10n.t('Tables and arrays'),
    collection: vscode.l10n.t('Lists, mappings and sets'),
    simple: vscode.l10n.t('Numbers, text and dates'),
    object: vscode.l10n.t('Other objects'),
    function: vscode.l10n.t('Functions'),
    class: vscode.l10n.t('Classes'),
    module: vscode.l10n.t('Modules'),
  };
  const choices = variableKinds.map((kind) => ({
    label: labels[kind],
    shows: kind,
    picked: !variables.hidden.includes(kind),
  }));
  const chosen = await vscode.window.showQuickPick(choices, {
    canPickMany: true,
    placeHolder: vscode.l10n.t('Select the kinds of variables to show'),
  });
  if (chosen) await variables.hide(variableKinds.filter((kind) => !chosen.some(({ shows }) => shows === kind)));
}
