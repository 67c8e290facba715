import type { PythonExtension } from '@vscode/python-extension';
import * as vscode from 'vscode';
import type { Logger } from '../../engine/logger.js';
import { limited } from '../../engine/deadline.js';

const ID = 'ms-python.python';
const PATIENCE_MS = 10_000;

export function isPythonExtensionInstalled(): boolean {
  return vscode.extensions.getExtension(ID) !== undefined;
}

/** Lets the user select an interpreter in the Python extension. */
export async function selectInPythonExtension(): Promise<void> {
  await vscode.commands.executeCommand('python.setInterpreter');
}

/** The path of the interpreter that is selected in the Python extension, if it is installed and answers. */
export async function selectedInPythonExtension(
  resource: vscode.Uri | undefined,
  log: Logger,
): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>(ID);
  if (!extension) return undefined;
  try {
    // Another extension might never answer, and a command must not wait for it forever.
    return await limited(selected(extension, resource), { timeoutMs: PATIENCE_MS, late: noAnswer });
  } catch (error) {
    log.warn(`Could not get the selected interpreter from the Python extension: ${String(error)}`);
    return undefined;
  }
}

/** Called when a different interpreter may have been selected in the Python extension, after its activation. */
export function onDidChangeSelected(listener: () => void, log: Logger): vscode.Disposable {
  let subscription: vscode.Disposable | undefined;
  let isDisposed = false;
  const listen = async () => {
    const extension = vscode.extensions.getExtension<PythonExtension>(ID);
    if (!extension || subscription || isDisposed) return;
    const { environments } = await extension.activate();
    subscription ??= environments.onDidChangeActiveEnvironmentPath(listener);
  };
  const tryToListen = () => {
    listen().catch((error: unknown) => log.warn(`Could not listen to the Python extension: ${String(error)}`));
  };
  tryToListen();
  return vscode.Disposable.from(vscode.extensions.onDidChange(tryToListen), {
    dispose: () => {
      isDisposed = true;
      subscription?.dispose();
    },
  });
}

async function selected(extension: vscode.Extension<PythonExtension>, resource: vscode.Uri | undefined) {
  const { environments } = await extension.activate();
  const environment = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(resource));
  return environment?.executable.uri?.fsPath;
}

function noAnswer(): Error {
  return new Error(`no answer within ${String(PATIENCE_MS / 1000)} s`);
}
