import * as vscode from 'vscode';
import { isLiteral } from '../../variables/literal.js';
import type { CommandContext } from '../commandContext.js';
import { valueNode } from './variableCommands.js';

/** Assigns a value that the user types: a literal, so that no other code of the user runs. */
export async function setVariable({ sessions, variables }: CommandContext, argument: unknown): Promise<void> {
  const node = valueNode(argument);
  const target = node?.code;
  if (!node || target === undefined) return;
  const { evaluator, id } = sessions.current;
  const { summary = '' } = node.variable;
  const before = (await variables.codeOf(node)) ?? (isLiteral(summary, evaluator) ? summary : '');
  const value = await askForValue(target, evaluator, before);
  if (value === undefined) return;
  const source = `${target} = ${value}`;
  const answer = vscode.l10n.t('Set');
  const question = vscode.l10n.t('Set {0} in the session?', target);
  const confirmed = await vscode.window.showWarningMessage(question, { modal: true, detail: source }, answer);
  if (confirmed === answer) await sessions.execute({ source, languageId: evaluator, session: id });
}

async function askForValue(target: string, evaluator: string, value: string): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Set {0}', target),
    prompt: vscode.l10n.t('A number, a text in quotation marks, or a constant'),
    value,
    validateInput: (text) =>
      isLiteral(text.trim(), evaluator)
        ? undefined
        : evaluator === 'python'
          ? vscode.l10n.t('Enter a number, a text in quotation marks, True, False or None.')
          : vscode.l10n.t('Enter a number, a text in quotation marks, true, false, null or undefined.'),
  });
  return typed?.trim();
}
