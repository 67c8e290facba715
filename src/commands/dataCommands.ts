import * as vscode from 'vscode';
import { debuggedVariable, viewDebugged } from '../debug/viewDebugged.js';
import { isTable } from '../variables/isTable.js';
import type { LanguageSession } from '../host/sessions/languageSession.js';
import type { CommandContext } from './commandContext.js';
import { namedTable } from '../variables/viewDataAction.js';
import { valueNode } from './variables/variableCommands.js';

/**
 * Shows a line of the Variables view in the data grid, or of that of the debugger, the table at the cursor, or a
 * variable that the user chooses.
 */
export async function viewData({ sessions, grids }: CommandContext, argument: unknown): Promise<void> {
  const debugged = debuggedVariable(argument);
  if (debugged) {
    await viewDebugged(debugged);
    return;
  }
  const table = namedTable(argument);
  if (table) {
    const session = sessions.find(table.session) ?? sessions.current;
    grids.open({ session, of: { name: table.name, path: [] }, title: table.name });
    return;
  }
  const node = valueNode(argument);
  const session = sessions.current;
  if (node) {
    const [name, ...path] = node.path;
    grids.open({ session, of: { name, path }, title: node.code ?? node.variable.name });
    return;
  }
  const name = await chosenTable(session);
  if (name !== undefined) grids.open({ session, of: { name, path: [] }, title: name });
}

async function chosenTable(session: LanguageSession): Promise<string | undefined> {
  const variables = (await session.live()?.variables({ details: true })) ?? [];
  const tables = variables.filter(isTable);
  if (tables.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('The session has no variables with rows and columns.'));
    return undefined;
  }
  const choices = tables.map(({ name, type, size }) => ({ label: name, description: `${type} ${size ?? ''}` }));
  const chosen = await vscode.window.showQuickPick(choices, {
    placeHolder: vscode.l10n.t('Select a variable to view'),
  });
  return chosen?.label;
}

/** Shows a file in the data grid: one of the Explorer, or one that the user chooses. A Python session reads it. */
export async function viewDataFile({ sessions, grids }: CommandContext, argument: unknown): Promise<void> {
  const chosen = argument instanceof vscode.Uri ? argument : (await chosenFile())?.[0];
  if (!chosen) return;
  const { current } = sessions;
  const session = current.evaluator === 'python' ? current : sessions.of('python', chosen.toString());
  await grids.openFile(session, chosen.fsPath);
}

function chosenFile(): Thenable<vscode.Uri[] | undefined> {
  const extensions = ['csv', 'tsv', 'tab', 'parquet', 'jsonl', 'ndjson'];
  return vscode.window.showOpenDialog({
    title: vscode.l10n.t('View Data File'),
    filters: { [vscode.l10n.t('Tables')]: extensions },
  });
}
