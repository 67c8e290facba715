import * as vscode from 'vscode';
import { environmentsAround } from '../../host/interpreters/interpreter.js';
import { pythonVersion } from '../../host/interpreters/pythonVersion.js';
import { isPythonExtensionInstalled, selectInPythonExtension } from '../../host/interpreters/pythonExtension.js';
import { setting } from '../../host/settings.js';
import { sourceEditor } from '../sourceEditor.js';

interface Choice extends vscode.QuickPickItem {
  readonly choose: () => Promise<string | undefined>;
}

/** Lets the user select a Python interpreter, in the Python extension if it is installed. */
export async function selectInterpreter(): Promise<void> {
  if (isPythonExtensionInstalled()) await selectInPythonExtension();
  else await selectForSetting();
}

/** The path of an interpreter that the user chooses, empty for the usual one; undefined if none was chosen. */
export async function chooseInterpreter(
  evaluator: string,
  resource: vscode.Uri | undefined,
  title: string,
): Promise<string | undefined> {
  const found = evaluator === 'python' ? choices(resource, title) : nodeChoices(title);
  const placeHolder = vscode.l10n.t('Interpreter');
  const options = { title, placeHolder, matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(found, options))?.choose();
}

function nodeChoices(title: string): Choice[] {
  return [
    { label: vscode.l10n.t('$(sparkle) As in the settings'), choose: () => Promise.resolve('') },
    { label: vscode.l10n.t('$(folder-opened) Find…'), choose: () => findFile(title) },
    { label: 'node', detail: vscode.l10n.t('from PATH'), choose: () => Promise.resolve('node') },
  ];
}

async function selectForSetting(): Promise<void> {
  const resource = sourceEditor()?.document.uri;
  const title = vscode.l10n.t('Select Python Interpreter');
  const chosen = await vscode.window.showQuickPick(choices(resource, title), {
    title,
    placeHolder: setting('python.interpreterPath', resource) || vscode.l10n.t('Found automatically'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  const path = await chosen?.choose();
  if (path === undefined) return;
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration('extsession').update('python.interpreterPath', path, target);
}

async function choices(resource: vscode.Uri | undefined, title: string): Promise<Choice[]> {
  const found = await environmentsAround(resource);
  return [
    { label: vscode.l10n.t('$(sparkle) Find automatically'), choose: () => Promise.resolve('') },
    { label: vscode.l10n.t('$(edit) Enter interpreter path…'), choose: () => enterPath(resource, title) },
    { label: vscode.l10n.t('$(folder-opened) Find…'), choose: () => findFile(title) },
    {
      label: vscode.l10n.t('Environments'),
      kind: vscode.QuickPickItemKind.Separator,
      choose: () => Promise.resolve(undefined),
    },
    ...(await Promise.all(found.map((path) => choiceOf(path, vscode.workspace.asRelativePath(path), path)))),
    await choiceOf('python3', 'python3', vscode.l10n.t('from PATH')),
  ];
}

async function choiceOf(program: string, label: string, detail: string): Promise<Choice> {
  // The program might belong to the workspace.
  const description = vscode.workspace.isTrusted ? await pythonVersion(program) : undefined;
  return { label, detail, ...(description ? { description } : {}), choose: () => Promise.resolve(program) };
}

async function enterPath(resource: vscode.Uri | undefined, title: string): Promise<string | undefined> {
  const path = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Enter the path of a Python interpreter, or its name on PATH'),
    value: setting('python.interpreterPath', resource),
  });
  return path?.trim();
}

async function findFile(title: string): Promise<string | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ title })) ?? [];
  return file?.fsPath;
}
