import * as vscode from 'vscode';
import { environmentsAround } from '../host/interpreter.js';
import { isPythonExtensionInstalled, selectInPythonExtension } from '../host/pythonExtension.js';
import { setting } from '../host/settings.js';
import { sourceEditor } from './sourceEditor.js';

interface Choice extends vscode.QuickPickItem {
  readonly choose: () => Promise<string | undefined>;
}

/** Lets the person choose a Python, in the Python extension where that is installed. */
export async function selectInterpreter(): Promise<void> {
  if (isPythonExtensionInstalled()) await selectInPythonExtension();
  else await selectForSetting();
}

async function selectForSetting(): Promise<void> {
  const resource = sourceEditor()?.document.uri;
  const chosen = await vscode.window.showQuickPick(choices(resource), {
    title: vscode.l10n.t('Select Python Interpreter'),
    placeHolder: setting('python.interpreterPath', resource) || vscode.l10n.t('Found automatically'),
    matchOnDescription: true,
  });
  const path = await chosen?.choose();
  if (path === undefined) return;
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration('extsession').update('python.interpreterPath', path, target);
}

async function choices(resource: vscode.Uri | undefined): Promise<Choice[]> {
  const { t } = vscode.l10n;
  const found = await environmentsAround(resource);
  return [
    { label: t('$(edit) Enter a path or a name…'), choose: () => enterPath(resource) },
    { label: t('$(folder-opened) Find…'), choose: findFile },
    { label: t('$(sparkle) Find automatically'), choose: () => Promise.resolve('') },
    { label: t('Environments'), kind: vscode.QuickPickItemKind.Separator, choose: () => Promise.resolve(undefined) },
    ...found.map((path) => ({
      label: vscode.workspace.asRelativePath(path),
      description: path,
      choose: () => Promise.resolve(path),
    })),
    { label: 'python3', description: t('from PATH'), choose: () => Promise.resolve('python3') },
  ];
}

async function enterPath(resource: vscode.Uri | undefined): Promise<string | undefined> {
  const path = await vscode.window.showInputBox({
    title: vscode.l10n.t('Select Python Interpreter'),
    prompt: vscode.l10n.t('The path of a Python interpreter, or its name on PATH'),
    value: setting('python.interpreterPath', resource),
  });
  return path?.trim();
}

async function findFile(): Promise<string | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Select Python Interpreter') })) ?? [];
  return file?.fsPath;
}
